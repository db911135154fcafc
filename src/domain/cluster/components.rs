//! Connected components by union-find.

use std::cell::Cell;

use super::judgement::{Judgements, Verdict};
use super::{Edge, is_link};
use crate::domain::id::{MatchWeight, RecordHandle, RecordPair, place_of};

/// Disjoint sets over positions, with path halving and union by size.
#[derive(Clone, Debug)]
pub struct DisjointSets {
    parent: Vec<u32>,
    size: Vec<u32>,
}

impl DisjointSets {
    /// `count` sets of one element each.
    pub fn new(count: usize) -> Self {
        Self { parent: (0..count as u32).collect(), size: vec![1; count] }
    }

    /// The representative of an element's set.
    pub fn find(&mut self, mut element: usize) -> usize {
        while self.parent[element] as usize != element {
            self.parent[element] = self.parent[self.parent[element] as usize];
            element = self.parent[element] as usize;
        }
        element
    }

    /// Joins two sets.
    pub fn union(&mut self, a: usize, b: usize) {
        let (a, b) = (self.find(a), self.find(b));
        if a == b {
            return;
        }
        let (large, small) = if self.size[a] >= self.size[b] { (a, b) } else { (b, a) };
        self.parent[small] = large as u32;
        self.size[large] += self.size[small];
    }

    /// The sets, each ascending, ordered by their first element.
    pub fn groups(&mut self) -> Vec<Vec<usize>> {
        let mut by_root: Vec<(usize, usize)> = (0..self.parent.len()).map(|e| (self.find(e), e)).collect();
        by_root.sort_unstable();
        let mut groups: Vec<Vec<usize>> = Vec::new();
        let mut last_root = None;
        for (root, element) in by_root {
            if last_root != Some(root) {
                groups.push(Vec::new());
                last_root = Some(root);
            }
            if let Some(group) = groups.last_mut() {
                group.push(element);
            }
        }
        groups.sort_unstable();
        groups
    }
}

/// Records that hang together, and the edges among them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Component {
    /// The records, ascending.
    pub members: Vec<RecordHandle>,
    /// Where they stand among the records that were given; nothing where none were.
    pub places: Vec<u32>,
    /// The edges among them, in their order.
    pub edges: Vec<Edge>,
}

/// The components of `records` (ascending): edges from the link threshold up and positive judgements hold records together. Edges
/// and judgements about other records are ignored.
pub fn components<'a>(
    records: &[RecordHandle],
    edges: impl Iterator<Item = &'a Edge>,
    judgements: &Judgements,
    link: MatchWeight,
) -> Vec<Component> {
    components_by(records, &|handle| place_of(records, handle, |record| *record), edges, judgements, link)
}

/// The same, where somebody knows the place of each record.
pub fn components_by<'a>(
    records: &[RecordHandle],
    place: &dyn Fn(RecordHandle) -> Option<usize>,
    edges: impl Iterator<Item = &'a Edge>,
    judgements: &Judgements,
    link: MatchWeight,
) -> Vec<Component> {
    // Edges ascend: many in a row have one record in common.
    let last = Cell::new(None);
    let places = |pair: RecordPair| {
        let low = match last.get() {
            Some((record, low)) if record == pair.low() => low,
            _ => place(pair.low()),
        };
        last.set(Some((pair.low(), low)));
        Some((low?, place(pair.high())?))
    };
    let placed: Vec<(&Edge, (usize, usize))> = edges.filter_map(|edge| Some((edge, places(edge.pair)?))).collect();
    let mut sets = DisjointSets::new(records.len());
    for (edge, (a, b)) in &placed {
        if edge.weight >= link && is_link(edge, judgements) {
            sets.union(*a, *b);
        }
    }
    let judged = judgements.iter().filter(|(_, verdict)| *verdict == Verdict::Positive);
    judged.filter_map(|(pair, _)| places(pair)).for_each(|(a, b)| sets.union(a, b));
    let groups = sets.groups();
    let mut component_of = vec![0u32; records.len()];
    for (number, group) in groups.iter().enumerate() {
        for place in group {
            component_of[*place] = number as u32;
        }
    }
    let component = |group: Vec<usize>| Component {
        members: group.iter().map(|place| records[*place]).collect(),
        places: group.into_iter().map(|place| place as u32).collect(),
        edges: Vec::new(),
    };
    let mut components: Vec<Component> = groups.into_iter().map(component).collect();
    for (edge, (a, b)) in placed {
        if component_of[a] == component_of[b] {
            components[component_of[a] as usize].edges.push(*edge);
        }
    }
    components
}

/// The connected components of `members` (ascending) under `links`; links to records outside are ignored.
pub fn connected(members: &[RecordHandle], links: impl Iterator<Item = RecordPair>) -> Vec<Vec<RecordHandle>> {
    let mut sets = DisjointSets::new(members.len());
    for pair in links {
        if let (Ok(a), Ok(b)) = (members.binary_search(&pair.low()), members.binary_search(&pair.high())) {
            sets.union(a, b);
        }
    }
    let groups = sets.groups();
    groups.into_iter().map(|group| group.into_iter().map(|position| members[position]).collect()).collect()
}
