//! Bank codes of Belgian accounts, as allocated by the National Bank of Belgium.
//!
//! Source: NBB, full list of identification codes, r_fulllist_of_codes_current.xlsx as of 2023-01 (codes with a BIC),
//! read 2026-11-22 by way of github.com/sigalor/iban-to-bic (MIT).

/// What the list says of a bank code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Allocation {
    /// Given to a bank.
    Allocated,
    /// Free, but among the codes that new payment institutions are still given.
    Open,
    /// Free, in the old blocks, in which nothing is allocated any more.
    Free,
}

/// From this code on new institutions get free ones.
const OPEN_FROM: u64 = 220;

/// First and last code of every allocated range, sorted.
const ALLOCATED: &[(u64, u64)] = &[
    (0, 101),
    (103, 111),
    (113, 114),
    (119, 127),
    (129, 134),
    (137, 137),
    (140, 150),
    (171, 173),
    (176, 176),
    (183, 183),
    (185, 185),
    (189, 214),
    (220, 501),
    (504, 504),
    (507, 510),
    (512, 515),
    (521, 525),
    (530, 530),
    (541, 541),
    (546, 546),
    (548, 560),
    (562, 579),
    (581, 581),
    (583, 583),
    (585, 588),
    (590, 601),
    (605, 605),
    (607, 607),
    (610, 613),
    (624, 625),
    (630, 631),
    (634, 636),
    (638, 638),
    (640, 640),
    (642, 643),
    (645, 653),
    (657, 658),
    (663, 664),
    (667, 668),
    (671, 680),
    (682, 688),
    (693, 694),
    (696, 696),
    (699, 709),
    (719, 719),
    (722, 722),
    (725, 817),
    (823, 823),
    (825, 826),
    (828, 828),
    (830, 840),
    (845, 845),
    (850, 853),
    (859, 860),
    (862, 863),
    (865, 866),
    (868, 868),
    (871, 871),
    (873, 873),
    (876, 881),
    (883, 884),
    (887, 888),
    (890, 899),
    (906, 906),
    (908, 908),
    (910, 911),
    (913, 916),
    (920, 920),
    (922, 924),
    (926, 926),
    (928, 931),
    (934, 934),
    (936, 936),
    (939, 942),
    (945, 945),
    (948, 961),
    (963, 964),
    (966, 969),
    (971, 971),
    (973, 984),
];

/// Looks a bank code up.
pub fn allocation(code: u64) -> Allocation {
    let after = ALLOCATED.partition_point(|(first, _)| *first <= code);
    match after.checked_sub(1).and_then(|index| ALLOCATED.get(index)) {
        Some((_, last)) if code <= *last => Allocation::Allocated,
        _ if code < OPEN_FROM => Allocation::Free,
        _ => Allocation::Open,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_found_in_their_ranges() {
        use Allocation::{Allocated, Free, Open};
        let found = [0, 1, 102, 138, 140, 219, 220, 502, 984, 999].map(allocation);
        assert_eq!(found, [Allocated, Allocated, Free, Free, Allocated, Free, Allocated, Open, Allocated, Open]);
    }
}
