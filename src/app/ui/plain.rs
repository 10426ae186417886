//! Plain elements: a tag, attributes, what is in it, what a press or another event does. All of them are one type,
//! where `view!` makes a type of each, with its own machinery to draw and redraw it. For screens
//! that few people open and that redraw whole parts, bytes weigh more than redrawing in place
//! (`docs/decisions/0004`).

use leptos::prelude::*;
use leptos::tachys::html::attribute::any_attribute::AnyAttribute;
use leptos::tachys::hydration::Cursor;
use leptos::tachys::no_attrs;
use leptos::tachys::renderer::Rndr;
use leptos::tachys::view::any_view::AnyViewState;
use leptos::tachys::view::{Mountable, Position, PositionState, Render, RenderHtml};
use std::borrow::Cow;
use wasm_bindgen::prelude::*;
use web_sys::{Element, Event, KeyboardEvent, Node};

type Act = Box<dyn Fn(Event) + Send>;

/// An element on its way to the page.
pub(crate) struct Plain {
    tag: &'static str,
    attributes: Vec<(&'static str, Cow<'static, str>)>,
    children: Vec<AnyView>,
    acts: Vec<(&'static str, Act)>,
}

/// An element of that tag and class; the class may be empty.
pub(crate) fn plain(tag: &'static str, class: &'static str) -> Plain {
    let mut made = Plain {
        tag,
        attributes: Vec::new(),
        children: Vec::new(),
        acts: Vec::new(),
    };
    if !class.is_empty() {
        made.attributes.push(("class", class.into()));
    }
    made
}

impl Plain {
    /// With an attribute.
    pub(crate) fn set(mut self, name: &'static str, value: impl Into<Cow<'static, str>>) -> Self {
        self.attributes.push((name, value.into()));
        self
    }

    /// With this at its end.
    pub(crate) fn with(mut self, child: AnyView) -> Self {
        self.children.push(child);
        self
    }

    /// With these at its end.
    pub(crate) fn with_all(mut self, children: impl IntoIterator<Item = AnyView>) -> Self {
        self.children.extend(children);
        self
    }

    /// With words at its end.
    pub(crate) fn words(self, words: impl Into<String>) -> Self {
        let words: String = words.into();
        self.with(words.into_any())
    }

    /// Does this when it is pressed.
    pub(crate) fn pressed(self, press: impl Fn() + Send + 'static) -> Self {
        self.heard("click", move |_| press())
    }

    /// Does this when that event comes to it.
    pub(crate) fn heard(
        mut self,
        event: &'static str,
        act: impl Fn(Event) + Send + 'static,
    ) -> Self {
        self.acts.push((event, Box::new(act)));
        self
    }

    /// Does this at the Enter key.
    pub(crate) fn entered(self, act: Box<dyn Fn() + Send>) -> Self {
        self.heard("keydown", move |event| {
            let event: &KeyboardEvent = event.unchecked_ref();
            if event.key() == "Enter" {
                event.prevent_default();
                act();
            }
        })
    }

    /// As what every screen is made of.
    pub(crate) fn view(self) -> AnyView {
        self.into_any()
    }
}

/// An element that stands in the page.
pub(crate) struct Standing {
    element: Element,
    /// Dropped, they would end their signals.
    _children: Vec<AnyViewState>,
    /// They live as long as the element: the browser calls them.
    _acts: Vec<Closure<dyn Fn(Event)>>,
}

impl Render for Plain {
    type State = Standing;

    fn build(self) -> Standing {
        let element = Rndr::create_element(self.tag, None);
        for (name, value) in &self.attributes {
            Rndr::set_attribute(&element, name, value);
        }
        let mut children: Vec<_> = self.children.into_iter().map(Render::build).collect();
        for child in &mut children {
            child.mount(&element, None);
        }
        let acts = self.acts.into_iter().map(|(event, act)| {
            let act = Closure::<dyn Fn(Event)>::new(act);
            let listener = act.as_ref().unchecked_ref();
            // Every element takes every listener.
            let _: Result<(), JsValue> = element.add_event_listener_with_callback(event, listener);
            act
        });
        let acts = acts.collect();
        Standing {
            element,
            _children: children,
            _acts: acts,
        }
    }

    fn rebuild(self, state: &mut Standing) {
        let mut new = self.build();
        state.insert_before_this(&mut new);
        state.unmount();
        *state = new;
    }
}

impl Mountable for Standing {
    fn unmount(&mut self) {
        self.element.remove();
    }

    fn mount(&mut self, parent: &Element, marker: Option<&Node>) {
        Rndr::insert_node(parent, &self.element, marker);
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        let parent = self.element.parent_element();
        if let Some(parent) = &parent {
            child.mount(parent, Some(&self.element));
        }
        parent.is_some()
    }

    fn elements(&self) -> Vec<Element> {
        vec![self.element.clone()]
    }
}

no_attrs!(Plain);

/// Drawn in the browser alone: there is no server that draws.
impl RenderHtml for Plain {
    type AsyncOutput = Self;
    type Owned = Self;

    const MIN_LENGTH: usize = 0;

    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> Self {
        self
    }

    fn to_html_with_buf(
        self,
        _buf: &mut String,
        _position: &mut Position,
        _escape: bool,
        _mark_branches: bool,
        _extra_attrs: Vec<AnyAttribute>,
    ) {
    }

    fn hydrate<const FROM_SERVER: bool>(
        self,
        _cursor: &Cursor,
        _position: &PositionState,
    ) -> Standing {
        self.build()
    }

    fn into_owned(self) -> Self {
        self
    }
}
