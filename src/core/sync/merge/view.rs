//! All entities.

use super::{Entity, KeptChange, Name, Origin, Placed, RowKey, Rule};
use hearth_protocol::change::ERASED_KIND;
use hearth_protocol::sorted::{LongMap, LongSet};
use hearth_protocol::{Change, DeviceId, EntityId, PersonId, SortedSet, StreamId};

/// All entities, of every stream that this phone reads. The same changes give the same view in
/// whatever order they come, also twice.
#[derive(Clone, Debug)]
pub struct View {
    rule: fn(u64) -> Rule,
    own: SortedSet<PersonId>,
    entities: LongMap<EntityId, Entity>,
    /// Which entity each change is of.
    names: LongMap<Name, EntityId>,
    /// Entities that a change said to have ended, some of which may be whole again: few, and asked for at every call.
    ended: LongSet<EntityId>,
}

impl View {
    /// An empty view. The rule says of each kind whose changes count.
    #[must_use]
    pub fn new(rule: fn(u64) -> Rule) -> Self {
        Self {
            rule,
            own: SortedSet::new(),
            entities: LongMap::new(),
            names: LongMap::new(),
            ended: LongSet::new(),
        }
    }

    /// Says whose phone this is, once for each circle, best before anything is applied: it looks
    /// at every entity. Waiting changes are known to be our own without it.
    pub fn add_own_person(&mut self, person: PersonId) {
        if !self.own.insert(person) {
            return;
        }
        let own = &self.own;
        for entity in self.entities.values_mut() {
            entity.claim(|change| is_own(own, &change.origin), self.rule);
        }
    }

    /// Takes one change in. Told again, it takes the newer origin and is there once.
    pub fn apply(&mut self, origin: &Origin, change: Change) {
        let id = change.entity;
        let before = self.names.insert(origin.name, id);
        if let Some(other) = before.filter(|entity| *entity != id) {
            self.let_go(other, origin.name);
        }
        self.note_ended(&change);
        let kept = KeptChange::new(origin, change, is_own(&self.own, origin));
        match self.entities.get_mut(&id) {
            Some(entity) => entity.keep(kept, self.rule),
            None => {
                if let Some(entity) = Entity::gather(kept, self.rule) {
                    self.entities.insert(id, entity);
                }
            }
        }
    }

    /// A waiting change was framed: it has another name now, and is there once.
    pub fn replace(&mut self, old: RowKey, origin: &Origin, change: Change) {
        let old = Name::Waiting(old);
        let id = change.entity;
        if self.names.get(&old) != Some(&id) || self.has_change(origin.name) {
            self.forget_change(old);
            return self.apply(origin, change);
        }
        self.names.remove(&old);
        self.names.insert(origin.name, id);
        self.note_ended(&change);
        if let Some(entity) = self.entities.get_mut(&id) {
            let kept = KeptChange::new(origin, change, is_own(&self.own, origin));
            entity.rename(old, kept, self.rule);
        }
    }

    /// A frame got its row, or another row in another copy of the log.
    pub fn place(&mut self, stream: StreamId, device: DeviceId, dev_seq: u64, placed: Placed) {
        let name = |index| Name::Framed {
            stream,
            device,
            dev_seq,
            index,
        };
        for (name, entity) in self.names.range(name(0)..=name(u32::MAX)) {
            if let Some(entity) = self.entities.get_mut(entity) {
                entity.place(*name, placed, self.rule);
            }
        }
    }

    /// Forgets one change, because it was erased. Its entity goes with its last one.
    pub fn forget_change(&mut self, name: Name) {
        if let Some(entity) = self.names.remove(&name) {
            self.let_go(entity, name);
        }
    }

    /// Forgets an entity with all its changes.
    pub fn forget(&mut self, id: EntityId) {
        self.ended.remove(&id);
        for name in self.entities.remove(&id).iter().flat_map(Entity::names) {
            self.names.remove(&name);
        }
    }

    /// Whether this change is here.
    #[must_use]
    pub fn has_change(&self, name: Name) -> bool {
        self.names.contains_key(&name)
    }

    /// One change, with the entity it is of.
    #[must_use]
    pub fn change(&self, name: Name) -> Option<(EntityId, &KeptChange)> {
        let id = *self.names.get(&name)?;
        let change = self.entities.get(&id)?.find(name)?;
        Some((id, change))
    }

    /// One entity, if the change that begins it is here.
    #[must_use]
    pub fn get(&self, id: EntityId) -> Option<&Entity> {
        self.entities.get(&id).filter(|entity| entity.is_begun())
    }

    /// Every entity whose first change is here, by id.
    pub fn iter(&self) -> impl Iterator<Item = (EntityId, &Entity)> {
        let entities = self.entities.iter().map(|(id, entity)| (*id, entity));
        entities.filter(|(_, entity)| entity.is_begun())
    }

    /// Every entity, those that are not shown as well, by id.
    pub fn every(&self) -> impl Iterator<Item = (EntityId, &Entity)> {
        self.entities.iter().map(|(id, entity)| (*id, entity))
    }

    /// Every entity of which a change that is here says that it ended, by id.
    pub fn ended(&self) -> impl Iterator<Item = (EntityId, &Entity)> {
        let ids = self.ended.iter();
        ids.filter_map(|id| Some((*id, self.entities.get(id)?)))
    }

    /// One entity, also where it is not shown.
    #[must_use]
    pub fn find(&self, id: EntityId) -> Option<&Entity> {
        self.entities.get(&id)
    }

    /// How many entities are not shown because their first change is not here.
    #[must_use]
    pub fn hidden(&self) -> usize {
        self.entities.len() - self.iter().count()
    }

    fn note_ended(&mut self, change: &Change) {
        if change.kind == ERASED_KIND {
            self.ended.insert(change.entity);
        }
    }

    fn let_go(&mut self, id: EntityId, name: Name) {
        let is_left = |entity: &mut Entity| entity.forget(name, self.rule);
        if self
            .entities
            .get_mut(&id)
            .is_some_and(|entity| !is_left(entity))
        {
            self.entities.remove(&id);
        }
    }
}

/// Views are equal when they hold the same changes and show the same; whoever asks for equality
/// has given both the same rule.
impl PartialEq for View {
    fn eq(&self, other: &Self) -> bool {
        (&self.own, &self.entities, &self.names) == (&other.own, &other.entities, &other.names)
    }
}

impl Eq for View {}

fn is_own(own: &SortedSet<PersonId>, origin: &Origin) -> bool {
    matches!(origin.name, Name::Waiting(_)) || own.contains(&origin.person)
}
