//! How a page lies in one field: lines of text, their parts between tabs. The first letter of a
//! line says whether it is shown.

use crate::photo::Photo;
use crate::record::RecordKind;
use hearth_protocol::EntityId;

const PART: &str = "part";
const WORDS: &str = "words";
const FACT: &str = "fact";
const PHOTO: &str = "photo";

/// What stands on a page, from top to bottom.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    /// Each from one record.
    pub parts: Vec<Part>,
}

/// What a page has of one record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The record.
    pub record: EntityId,
    /// Its kind; nothing where a newer build made it.
    pub kind: Option<RecordKind>,
    /// In the order of the page.
    pub lines: Vec<Line>,
}

/// One line, which may be hidden while the page is made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Whether the page shows it.
    pub is_shown: bool,
    /// What it says.
    pub content: Content,
}

/// What a line says, in the language in which the page was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// The words that were told.
    Words(String),
    /// A question and its answer.
    Fact(String, String),
    /// A photo: its blob, its sides in pixels, what is on it.
    Photo(EntityId, u32, u32, String),
    /// A line of a newer build, as it lies in the field.
    Newer(String),
}

impl Sheet {
    /// Reads the field. What nobody can read is left out; what a newer build wrote stays.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let mut parts: Vec<Part> = Vec::new();
        for line in text.lines() {
            if let Some(rest) = line.strip_prefix(PART) {
                parts.extend(Part::begin(rest));
            } else if let (Some(part), Some(line)) = (parts.last_mut(), Line::read(line)) {
                part.lines.push(line);
            }
        }
        Self { parts }
    }

    /// As it lies in the field.
    #[must_use]
    pub fn write(&self) -> String {
        let mut text = String::new();
        for part in &self.parts {
            let kind = part.kind.map_or("", RecordKind::name);
            push_line(&mut text, &[PART, &part.record.to_string(), kind]);
            for line in &part.lines {
                text.push(if line.is_shown { '+' } else { '-' });
                line.content.write(&mut text);
            }
        }
        text
    }

    /// What is handed out: without its hidden lines.
    #[must_use]
    pub fn without_hidden(&self) -> Self {
        let mut parts = self.parts.clone();
        for part in &mut parts {
            part.lines.retain(|line| line.is_shown);
        }
        parts.retain(|part| !part.lines.is_empty());
        Self { parts }
    }

    /// Its words alone: a part after another, each line by itself.
    #[must_use]
    pub fn text(&self) -> String {
        let parts: Vec<String> = self.parts.iter().map(Part::text).collect();
        parts.join("\n\n")
    }

    /// Where that record stands.
    #[must_use]
    pub fn position(&self, record: EntityId) -> Option<usize> {
        self.parts.iter().position(|part| part.record == record)
    }
}

impl Part {
    fn begin(rest: &str) -> Option<Self> {
        let mut cells = rest.strip_prefix('\t')?.split('\t');
        let record = cells.next()?.parse().ok()?;
        let kind = cells.next().and_then(RecordKind::from_name);
        Some(Self {
            record,
            kind,
            lines: Vec::new(),
        })
    }

    fn text(&self) -> String {
        let lines = self.lines.iter().map(|line| line.content.text());
        let lines: Vec<String> = lines.filter(|line| !line.is_empty()).collect();
        lines.join("\n")
    }
}

impl Line {
    /// A line that is shown.
    #[must_use]
    pub const fn shown(content: Content) -> Self {
        Self {
            is_shown: true,
            content,
        }
    }

    fn read(line: &str) -> Option<Self> {
        let is_shown = match line.chars().next()? {
            '+' => true,
            '-' => false,
            _ => return None,
        };
        let content = Content::read(line.get(1..)?);
        Some(Self { is_shown, content })
    }
}

impl Content {
    /// A photo of a record.
    #[must_use]
    pub fn photo(photo: &Photo) -> Self {
        Self::Photo(photo.blob, photo.width, photo.height, photo.caption.clone())
    }

    fn read(text: &str) -> Self {
        let cells: Vec<&str> = text.split('\t').collect();
        let known = match cells.as_slice() {
            [WORDS, words] => Some(Self::Words(unescape(words))),
            [FACT, question, answer] => Some(Self::Fact(unescape(question), unescape(answer))),
            [PHOTO, blob, width, height, caption] => read_photo(blob, width, height, caption),
            _ => None,
        };
        known.unwrap_or_else(|| Self::Newer(text.to_owned()))
    }

    fn text(&self) -> String {
        match self {
            Self::Words(text) | Self::Newer(text) => text.clone(),
            Self::Fact(question, answer) => [question.as_str(), answer].join(": "),
            Self::Photo(_, _, _, caption) => caption.clone(),
        }
    }

    fn write(&self, text: &mut String) {
        match self {
            Self::Words(words) => push_line(text, &[WORDS, &escape(words)]),
            Self::Fact(question, answer) => {
                push_line(text, &[FACT, &escape(question), &escape(answer)]);
            }
            Self::Photo(blob, width, height, caption) => {
                let (width, height) = (width.to_string(), height.to_string());
                let cells = [PHOTO, &blob.to_string(), &width, &height, &escape(caption)];
                push_line(text, &cells);
            }
            Self::Newer(line) => push_line(text, &[line]),
        }
    }
}

fn read_photo(blob: &str, width: &str, height: &str, caption: &str) -> Option<Content> {
    let (width, height) = (width.parse().ok()?, height.parse().ok()?);
    let blob = blob.parse().ok()?;
    Some(Content::Photo(blob, width, height, unescape(caption)))
}

fn push_line(text: &mut String, cells: &[&str]) {
    text.push_str(&cells.join("\t"));
    text.push('\n');
}

fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\\' => escaped.push_str("\\\\"),
            '\n' => escaped.push_str("\\n"),
            '\r' => escaped.push_str("\\r"),
            '\t' => escaped.push_str("\\t"),
            _ => escaped.push(letter),
        }
    }
    escaped
}

fn unescape(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        let letter = match letter {
            '\\' => match letters.next() {
                Some('n') => '\n',
                Some('r') => '\r',
                Some('t') => '\t',
                Some(other) => other,
                None => break,
            },
            _ => letter,
        };
        plain.push(letter);
    }
    plain
}
