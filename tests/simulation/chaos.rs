//! One run: five phones tell, edit, end and lose things while everything around them fails.

use crate::counts::Counts;
use crate::family::Removal;
use crate::surroundings::{MINUTE, YEAR};
use crate::world::World;
use hearth_core::EntityId;
use hearth_core::ports::StoreError;
use hearth_core::record::WORDS;

const PHONES: usize = 5;
/// Fields that hold words, in every kind of record.
const FIELDS: [u64; 3] = [WORDS, 18, 19];

/// What sort of run a seed is.
struct Run {
    steps: usize,
    has_server_faults: bool,
    has_phone_faults: bool,
    has_endings: bool,
    /// Who is let in stays away until all come to rest.
    has_absent: bool,
    /// Who is removed, by whom, at which step.
    removal: Option<(Vec<usize>, usize, usize)>,
}

pub(crate) fn play(seed: u64) -> Counts {
    // Without a journal a server that went back lets a removed phone in again.
    let mut world = World::new(seed, PHONES as u8, true);
    let run = draw_run(&mut world);
    world.tell(0);
    world.phones[0].connect();
    for step in 0..run.steps {
        let pause = world.dice.below(2_500) as u64;
        world.wait(pause);
        world.play_step(&run, step);
    }
    // Each of them at some seed, as it stands in the middle of things and when all is said.
    let dropped = world.dice.below(PHONES);
    world.check_outlives(dropped);
    world.restart_all();
    world.come_to_rest();
    let dropped = world.dice.below(PHONES);
    world.check_outlives(dropped);
    world.counts.resealed += world.count_resealed();
    world.check();
    world.counts
}

fn draw_run(world: &mut World) -> Run {
    let dice = &mut world.dice;
    world.bad = [0, 10, 30, 60][dice.below(4)];
    world.has_flips = dice.chance(25);
    let steps = 80 + dice.below(120);
    let removal = [
        None,
        None,
        Some((vec![2], 1)),
        Some((vec![4], 3)),
        Some((vec![3, 4], 0)),
    ];
    let removal = removal[dice.below(removal.len())].clone();
    let has_server_faults = dice.chance(50);
    world.reads_all = dice.chance(40);
    Run {
        steps,
        has_server_faults,
        has_phone_faults: dice.chance(70),
        has_endings: dice.chance(50),
        has_absent: dice.chance(20),
        removal: removal.map(|(who, by)| (who, by, steps / 2 + dice.below(steps / 2))),
    }
}

impl World {
    fn play_step(&mut self, run: &Run, step: usize) {
        let phone = self.dice.below(PHONES);
        match self.dice.below(100) {
            0..50 => {
                for _ in 0..=self.dice.below(4) {
                    self.sync_once(phone);
                }
            }
            50..54 => self.phones[phone].vault.look_for_news(),
            54..60 => self.deliver_late(),
            60..85 => self.play_person(run, phone),
            85..90 if run.has_phone_faults => self.break_phone(phone),
            90..94 if run.has_server_faults => self.break_server(run.removal.is_none()),
            94..100 => self.bring_in(phone),
            _ => {}
        }
        for phone in 1..PHONES {
            if !run.has_absent || !self.is_awaited(phone) {
                self.let_in(phone);
            }
        }
        if let Some((who, by, at)) = &run.removal
            && *at <= step
            && who.iter().chain([by]).all(|phone| self.is_in(*phone))
        {
            self.begin_removal(who, *by);
        }
        if self.dice.chance(10) {
            self.go_on_removing();
        }
    }

    fn begin_removal(&mut self, who: &[usize], by: usize) {
        if self.removal.is_some() {
            return;
        }
        let me = |phone: usize| self.phones[phone].replica().me();
        let removal = match who {
            [one] => Removal::Device(me(*one).device),
            _ => Removal::Person(me(who[0]).person),
        };
        self.counts.removals += 1;
        self.removal = Some((by, removal));
        for phone in who {
            self.phones[*phone].is_removed = true;
        }
    }

    fn bring_in(&mut self, phone: usize) {
        if phone > 0 {
            self.invite(phone);
        }
    }

    fn play_person(&mut self, run: &Run, phone: usize) {
        let records = self.phones[phone].records();
        let children: Vec<EntityId> = self.phones[phone]
            .vault
            .children()
            .iter()
            .map(|c| c.id)
            .collect();
        let record = self.dice.pick(&records);
        match (self.dice.below(100), record, self.dice.pick(&children)) {
            (0..25, _, _) => {
                self.tell(phone);
            }
            (25..33, _, _) => {
                self.tell_with_photo(phone);
            }
            (33..65, Some(record), _) => {
                let field = FIELDS[self.dice.below(FIELDS.len())];
                self.edit(phone, record, field);
            }
            (65..70, Some(record), _) => self.edit_photos(phone, record),
            (70..78, Some(record), _) => self.delete(phone, record),
            (78..82, Some(record), _) => self.restore_record(phone, record),
            (82..88, Some(record), _) if run.has_endings => {
                self.delete(phone, record);
                self.end(phone, record);
            }
            (88..92, _, _) => {
                self.add_child(phone);
            }
            (92..100, _, Some(child)) => self.rename_child(phone, child),
            _ => {}
        }
    }

    fn break_phone(&mut self, phone: usize) {
        match self.dice.below(5) {
            0 => self.crash_phone(phone),
            1 => self.crash_midway(phone),
            2 => {
                let errors = [StoreError::Full, StoreError::Refused("undone".into())];
                let error = errors[self.dice.below(2)].clone();
                let after = self.dice.below(6);
                self.phones[phone].store.fail_after(after, error);
            }
            3 => self.phones[phone].store.heal(),
            _ => {
                let ahead = [
                    0,
                    3 * MINUTE,
                    -4 * MINUTE,
                    10 * YEAR,
                    -10 * YEAR,
                    24 * 60 * MINUTE,
                ];
                let ahead = ahead[self.dice.below(ahead.len())];
                self.phones[phone].surroundings.ahead.set(ahead);
            }
        }
    }

    /// A server that went back while somebody is removed may lack frames that nobody can give it
    /// any more: that is no fault, and would be hard to tell from one.
    fn break_server(&mut self, may_go_back: bool) {
        match self.dice.below(if may_go_back { 8 } else { 3 }) {
            0..3 => {
                self.counts.server_crashes += 1;
                self.server.restart();
            }
            3..5 => self.server.back_up(),
            5..7 => {
                self.counts.restores += 1;
                self.server.restore();
            }
            _ => {
                self.counts.restores += 1;
                self.server.wipe();
            }
        }
    }

    /// Every process ends; what was written as it fell is as far as it came.
    fn restart_all(&mut self) {
        for phone in 0..PHONES {
            self.crash_phone(phone);
        }
    }
}
