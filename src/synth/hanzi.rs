//! Look-ups on Han characters: reading, homophones, near sounds, look-alikes and the traditional form.
//! Direct tables over the basic block, since every row asks several times; `slot` keeps every index inside them.

use super::hanzi_tables::{LOOK_ALIKES, READINGS, TRADITIONAL};
use super::random::Random;

const FIRST: u32 = 0x4E00;
const LAST: u32 = 0x9FFF;
const SIZE: usize = (LAST - FIRST + 1) as usize;

/// One toned syllable and its characters.
struct Reading {
    /// The syllable without tone, `v` for ü.
    syllable: &'static str,
    characters: Vec<char>,
    /// Position of the group of similar syllables.
    near: usize,
}

/// The tables, built once.
pub struct Hanzi {
    /// Position in `readings` plus one, by character; 0 for none.
    reading_of: Vec<u16>,
    readings: Vec<Reading>,
    near_groups: Vec<Vec<char>>,
    /// Position in `look_alikes` plus one, by character.
    look_alike_of: Vec<u16>,
    look_alikes: Vec<Vec<char>>,
    traditional_of: Vec<char>,
    simplified_of: Vec<char>,
}

fn slot(character: char) -> Option<usize> {
    let code = u32::from(character);
    (FIRST..=LAST).contains(&code).then(|| (code - FIRST) as usize)
}

/// Folds what the ear confuses: zh/z, ch/c, sh/s, n/l, f/h before u, and ng/n at the end.
fn near_key(syllable: &str) -> String {
    let folded = syllable.replace("zh", "z").replace("ch", "c").replace("sh", "s").replace("hu", "fu");
    let folded = match folded.strip_prefix('n') {
        Some(rest) => format!("l{rest}"),
        None => folded,
    };
    match folded.strip_suffix("ng") {
        Some(rest) if !rest.ends_with('o') => format!("{rest}n"),
        Some(_) | None => folded,
    }
}

impl Hanzi {
    /// Reads the tables.
    pub fn new() -> Self {
        let mut hanzi = Self {
            reading_of: vec![0; SIZE],
            readings: Vec::new(),
            near_groups: Vec::new(),
            look_alike_of: vec![0; SIZE],
            look_alikes: Vec::new(),
            traditional_of: vec!['\0'; SIZE],
            simplified_of: vec!['\0'; SIZE],
        };
        hanzi.load_readings();
        hanzi.load_shapes();
        hanzi
    }

    fn load_readings(&mut self) {
        let mut near_keys: Vec<String> = Vec::new();
        for word in READINGS.split_whitespace() {
            let Some(tone_at) = word.find(|c: char| c.is_ascii_digit()) else { continue };
            let (syllable, rest) = word.split_at(tone_at);
            let characters: Vec<char> = rest.chars().skip(1).collect();
            let key = near_key(syllable);
            let near = near_keys.iter().position(|known| *known == key).unwrap_or_else(|| {
                near_keys.push(key);
                self.near_groups.push(Vec::new());
                self.near_groups.len() - 1
            });
            if let Some(group) = self.near_groups.get_mut(near) {
                group.extend(&characters);
            }
            let position = self.readings.len() as u16 + 1;
            for place in characters.iter().copied().filter_map(slot) {
                self.reading_of[place] = position;
            }
            self.readings.push(Reading { syllable, characters, near });
        }
    }

    fn load_shapes(&mut self) {
        for pair in TRADITIONAL.split_whitespace() {
            let mut characters = pair.chars();
            if let (Some(simple), Some(full)) = (characters.next(), characters.next())
                && let (Some(simple_at), Some(full_at)) = (slot(simple), slot(full))
            {
                self.traditional_of[simple_at] = full;
                self.simplified_of[full_at] = simple;
            }
        }
        for pair in LOOK_ALIKES.split_whitespace() {
            let mut characters = pair.chars();
            if let (Some(left), Some(right)) = (characters.next(), characters.next()) {
                self.add_look_alike(left, right);
                self.add_look_alike(right, left);
            }
        }
    }

    fn add_look_alike(&mut self, from: char, to: char) {
        let Some(place) = slot(from) else { return };
        let position = usize::from(self.look_alike_of[place]);
        if let Some(known) = position.checked_sub(1).and_then(|at| self.look_alikes.get_mut(at)) {
            known.push(to);
        } else {
            self.look_alikes.push(vec![to]);
            self.look_alike_of[place] = self.look_alikes.len() as u16;
        }
    }

    fn reading(&self, character: char) -> Option<&Reading> {
        let position = usize::from(*self.reading_of.get(slot(character)?)?);
        self.readings.get(position.checked_sub(1)?)
    }

    /// The toneless syllable, `v` for ü.
    pub fn syllable(&self, character: char) -> Option<&'static str> {
        self.reading(character).map(|reading| reading.syllable)
    }

    /// Another character of the same sound and tone.
    pub fn homophone(&self, character: char, random: &mut Random) -> Option<char> {
        other(&self.reading(character)?.characters, character, random)
    }

    /// Another character that sounds alike, whatever its tone.
    pub fn near_sound(&self, character: char, random: &mut Random) -> Option<char> {
        let near = self.reading(character)?.near;
        other(self.near_groups.get(near)?, character, random)
    }

    /// A character of similar shape.
    pub fn look_alike(&self, character: char, random: &mut Random) -> Option<char> {
        let position = usize::from(*self.look_alike_of.get(slot(character)?)?);
        other(self.look_alikes.get(position.checked_sub(1)?)?, character, random)
    }

    /// The traditional form, or the character itself.
    pub fn traditional(&self, character: char) -> char {
        mapped(&self.traditional_of, character)
    }

    /// The simplified form, or the character itself.
    pub fn simplified(&self, character: char) -> char {
        mapped(&self.simplified_of, character)
    }

    /// The pinyin of a Han text in one lower-case word; characters without a reading are dropped.
    pub fn pinyin(&self, text: &str) -> String {
        text.chars().filter_map(|character| self.syllable(character)).collect()
    }
}

fn mapped(table: &[char], character: char) -> char {
    match slot(character).and_then(|place| table.get(place)) {
        Some(&form) if form != '\0' => form,
        Some(_) | None => character,
    }
}

fn other(characters: &[char], but: char, random: &mut Random) -> Option<char> {
    if characters.len() > 8 {
        let found = random.pick(characters);
        return (found != but).then_some(found);
    }
    let choice = characters.iter().filter(|&&character| character != but).count() as u32;
    let wanted = random.below(choice) as usize;
    characters.iter().copied().filter(|&character| character != but).nth(wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn readings_and_forms() {
        let hanzi = Hanzi::new();
        assert_eq!(hanzi.pinyin("张伟"), "zhangwei");
        assert_eq!(hanzi.pinyin("吕"), "lv");
        assert_eq!(hanzi.traditional('张'), '張');
        assert_eq!(hanzi.traditional('王'), '王');
        assert_eq!(hanzi.simplified('灣'), '湾');
        assert_eq!(hanzi.syllable('A'), None);
    }

    #[test]
    fn substitutes_differ_from_the_original() {
        let hanzi = Hanzi::new();
        let mut random = Random::new(5, 5);
        for character in "张伟李丽陈静".chars() {
            for _ in 0..50 {
                assert_ne!(hanzi.homophone(character, &mut random), Some(character));
                assert_ne!(hanzi.near_sound(character, &mut random), Some(character));
            }
        }
        assert!(matches!(hanzi.look_alike('己', &mut random), Some('已')));
    }

    #[test]
    fn similar_syllables_fall_together() {
        assert_eq!(near_key("zhang"), near_key("zan"));
        assert_eq!(near_key("nin"), near_key("ling"));
        assert_ne!(near_key("wang"), near_key("huang"));
    }
}
