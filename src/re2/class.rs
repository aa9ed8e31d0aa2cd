//! Sets of characters.

/// A set of characters: those of ASCII as bits, the others as ranges.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Class {
    ascii: u128,
    /// From and to, in order, none touching the next.
    others: Vec<(u32, u32)>,
}

/// A set that is being put together, in any order.
#[derive(Clone, Debug, Default)]
pub struct Ranges(Vec<(u32, u32)>);

const LAST: u32 = char::MAX as u32;
const LAST_ASCII: u32 = 0x7f;

impl Class {
    pub fn has(&self, wanted: char) -> bool {
        let code = u32::from(wanted);
        if code <= LAST_ASCII {
            return self.ascii >> code & 1 == 1;
        }
        let after = self.others.partition_point(|(from, _)| *from <= code);
        after > 0 && self.others.get(after - 1).is_some_and(|(_, to)| code <= *to)
    }
}

impl Ranges {
    pub fn one(single: char) -> Ranges {
        Ranges(vec![(single.into(), single.into())])
    }

    pub fn of(ranges: &[(char, char)]) -> Ranges {
        Ranges(ranges.iter().map(|(from, to)| ((*from).into(), (*to).into())).collect())
    }

    pub fn any() -> Ranges {
        Ranges(vec![(0, LAST)])
    }

    pub fn any_but_newline() -> Ranges {
        Ranges::one('\n').negated()
    }

    /// Of how many parts it is put together.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn add(&mut self, from: char, to: char) {
        self.0.push((from.into(), to.into()));
    }

    pub fn add_all(&mut self, others: &Ranges) {
        self.0.extend_from_slice(&others.0);
    }

    /// All characters that are not in it.
    pub fn negated(self) -> Ranges {
        let mut rest = Vec::new();
        let mut next = 0;
        for (from, to) in self.in_order() {
            if from > next {
                rest.push((next, from - 1));
            }
            next = to + 1;
        }
        if next <= LAST {
            rest.push((next, LAST));
        }
        Ranges(rest)
    }

    /// With the other case of each letter, as `(?i)` has it.
    pub fn in_any_case(self) -> Ranges {
        let mut folded = self.0.clone();
        for (from, to) in self.0 {
            // Whoever writes long ranges of letters means both cases anyway.
            let most = to.min(from.saturating_add(0x400));
            for letter in (from..=most).filter_map(char::from_u32) {
                for other in other_cases(letter) {
                    folded.push((other.into(), other.into()));
                }
            }
        }
        Ranges(folded)
    }

    pub fn finish(self) -> Class {
        let mut class = Class { ascii: 0, others: Vec::new() };
        for (from, to) in self.in_order() {
            for code in from..=to.min(LAST_ASCII) {
                class.ascii |= 1 << code;
            }
            if to > LAST_ASCII {
                class.others.push((from.max(LAST_ASCII + 1), to));
            }
        }
        class
    }

    /// In order, joined where they touch.
    fn in_order(self) -> Vec<(u32, u32)> {
        let mut ranges = self.0;
        ranges.sort_unstable();
        let mut joined: Vec<(u32, u32)> = Vec::with_capacity(ranges.len());
        for (from, to) in ranges {
            match joined.last_mut() {
                Some((_, end)) if from <= end.saturating_add(1) => *end = (*end).max(to),
                _ => joined.push((from, to)),
            }
        }
        joined
    }
}

/// The letters that are the same but for their case.
fn other_cases(letter: char) -> impl Iterator<Item = char> {
    let single = |mut cases: Box<dyn Iterator<Item = char>>| match (cases.next(), cases.next()) {
        (Some(one), None) => Some(one),
        _ => None,
    };
    let lower = single(Box::new(letter.to_lowercase()));
    let upper = single(Box::new(letter.to_uppercase()));
    // Two ASCII letters have a third form beyond ASCII.
    let third = match letter {
        'k' | 'K' => Some('\u{212a}'),
        's' | 'S' => Some('\u{17f}'),
        _ => None,
    };
    [lower, upper, third].into_iter().flatten().filter(move |other| *other != letter)
}
