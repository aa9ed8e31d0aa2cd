//! From the parts of a pattern to what can follow what, and the search itself.

use super::class::{Class, Ranges};
use super::syntax::{Part, Place, Repeat};
use super::{Flaw, TooLong};

/// How many characters a pattern may stand for, its repetitions written out.
const MOST_POSITIONS: usize = 10_000;
/// How many instructions a pattern may have, the parts of sets of characters among them.
const MOST_INSTRUCTIONS: usize = 200_000;
/// How many steps there may be from one of them to another.
const MOST_STEPS: usize = 200_000;

/// Each character of a pattern is a position; behind each stands where it can go on.
#[derive(Clone, Debug)]
pub struct Program {
    classes: Vec<Class>,
    start: Vec<Step>,
    /// Of each position, what is preferred first.
    follow: Vec<Vec<Step>>,
    /// Whether it can be found at the start of a text only.
    at_start_only: bool,
}

/// The way to the next position, or to the end of the pattern.
#[derive(Clone, Copy, Debug)]
struct Step {
    /// `END`: all of it was found.
    to: u32,
    /// What the place between must be.
    places: Places,
}

const END: u32 = u32::MAX;

/// A set of kinds of places, one bit each.
type Places = u8;

fn bit(place: Place) -> Places {
    match place {
        Place::TextStart => 1,
        Place::TextEnd => 2,
        Place::LineStart => 4,
        Place::LineEnd => 8,
        Place::WordEdge => 16,
        Place::NoWordEdge => 32,
    }
}

/// A pattern as a list of small instructions, of which the steps are taken.
enum Instruction {
    One(Ranges),
    /// The first is preferred.
    Either(usize, usize),
    GoTo(usize),
    At(Place),
    Found,
}

struct Writer {
    list: Vec<Instruction>,
    positions: usize,
    /// How much it all is.
    size: usize,
}

impl Program {
    /// How much making it took.
    pub fn size(&self) -> usize {
        self.classes.len() + self.follow.iter().map(Vec::len).sum::<usize>()
    }

    pub fn of(part: &Part) -> Result<Program, Flaw> {
        let mut writer = Writer { list: Vec::new(), positions: 0, size: 0 };
        writer.write(part)?;
        writer.push(Instruction::Found)?;
        let list = writer.list;
        let mut numbers = vec![END; list.len()];
        let mut next = 0;
        for (number, instruction) in numbers.iter_mut().zip(&list) {
            if matches!(instruction, Instruction::One(_)) {
                *number = next;
                next += 1;
            }
        }
        let mut walker = Walker { list: &list, numbers: &numbers, seen: Vec::new(), total: 0 };
        let start = walker.steps_from(0)?;
        let (mut classes, mut follow) = (Vec::new(), Vec::new());
        for (at, instruction) in list.iter().enumerate() {
            if let Instruction::One(ranges) = instruction {
                classes.push(ranges.clone().finish());
                follow.push(walker.steps_from(at + 1)?);
            }
        }
        let at_start_only = start.iter().all(|step| step.places & bit(Place::TextStart) != 0);
        Ok(Program { classes, start, follow, at_start_only })
    }

    /// The leftmost place at or after `from` where it is found, and of those there the
    /// preferred one; any of them where `any` will do.
    ///
    /// Each character costs a step for each way to go on that is looked at.
    pub fn search(
        &self,
        text: &str,
        from: usize,
        any: bool,
        steps: &mut u64,
    ) -> Result<Option<(usize, usize)>, TooLong> {
        let mut take = |count: usize| {
            *steps = steps.checked_sub(count as u64).ok_or(TooLong)?;
            Ok(())
        };
        take(1 + self.classes.len() / 4)?;
        let mut now = Threads::new(self.classes.len());
        let mut next = Threads::new(self.classes.len());
        let mut found = None;
        let Some((before, rest)) = text.split_at_checked(from) else { return Ok(None) };
        let before = before.chars().next_back();
        let mut rest = rest.chars();
        let mut here = rest.next();
        let mut places = places_between(before, here, from == 0);
        let mut at = from;
        loop {
            // A later start is worse than any that is under way or was found.
            if found.is_none() && (at == 0 || !self.at_start_only) {
                take(self.start.len())?;
                for step in &self.start {
                    now.add(*step, places, at);
                }
            }
            let after = rest.next();
            let behind = places_between(here, after, false);
            next.clear();
            take(1 + now.list.len())?;
            for (position, start) in now.list.iter().copied() {
                if position == END {
                    found = Some((start, at));
                    break;
                }
                let index = position as usize;
                if let (Some(here), Some(class), Some(steps)) =
                    (here, self.classes.get(index), self.follow.get(index))
                    && class.has(here)
                {
                    take(steps.len())?;
                    for step in steps {
                        next.add(*step, behind, start);
                    }
                }
            }
            let Some(taken) = here.filter(|_| !any || found.is_none()) else { return Ok(found) };
            std::mem::swap(&mut now, &mut next);
            if now.list.is_empty() && (found.is_some() || self.at_start_only) {
                return Ok(found);
            }
            at += taken.len_utf8();
            (here, places) = (after, behind);
        }
    }
}

fn places_between(before: Option<char>, after: Option<char>, at_start: bool) -> Places {
    let word = |one: Option<char>| one.is_some_and(|c| c.is_ascii_alphanumeric() || c == '_');
    let edge = if word(before) == word(after) { Place::NoWordEdge } else { Place::WordEdge };
    let mut places = bit(edge);
    if at_start {
        places |= bit(Place::TextStart);
    }
    if at_start || before == Some('\n') {
        places |= bit(Place::LineStart);
    }
    if after.is_none() {
        places |= bit(Place::TextEnd);
    }
    if after.is_none() || after == Some('\n') {
        places |= bit(Place::LineEnd);
    }
    places
}

/// Where a search stands: positions that wait for a character, the preferred ones first,
/// each with where it was started.
struct Threads {
    list: Vec<(u32, usize)>,
    /// The round in which each position was added last; the end of the pattern is last.
    added: Vec<u32>,
    round: u32,
}

impl Threads {
    fn new(positions: usize) -> Threads {
        Threads { list: Vec::new(), added: vec![0; positions + 1], round: 1 }
    }

    fn clear(&mut self) {
        self.list.clear();
        self.round += 1;
    }

    fn add(&mut self, step: Step, here: Places, start: usize) {
        if step.places & here != step.places {
            return;
        }
        let slot = (step.to as usize).min(self.added.len() - 1);
        if let Some(added) = self.added.get_mut(slot)
            && *added != self.round
        {
            *added = self.round;
            self.list.push((step.to, start));
        }
    }
}

/// Goes from an instruction to all characters that can come next.
struct Walker<'l> {
    list: &'l [Instruction],
    /// The position of each instruction that takes a character.
    numbers: &'l [u32],
    /// Where it has been, under which conditions.
    seen: Vec<(usize, Places)>,
    total: usize,
}

impl Walker<'_> {
    fn steps_from(&mut self, start: usize) -> Result<Vec<Step>, Flaw> {
        self.seen.clear();
        let mut steps = Vec::new();
        let mut open = vec![(start, 0)];
        while let Some((at, places)) = open.pop() {
            // Whoever was there under fewer conditions is preferred and can do more.
            if self.seen.iter().any(|(seen, under)| *seen == at && under & places == *under) {
                continue;
            }
            self.total += 1 + self.seen.len() / 64;
            if self.total > MOST_STEPS {
                return Err(too_large());
            }
            match self.list.get(at) {
                Some(Instruction::One(_)) => {
                    let to = self.numbers.get(at).copied().unwrap_or(END);
                    steps.push(Step { to, places });
                    continue;
                }
                Some(Instruction::Found) | None => {
                    steps.push(Step { to: END, places });
                    continue;
                }
                Some(Instruction::Either(first, second)) => {
                    open.push((*second, places));
                    open.push((*first, places));
                }
                Some(Instruction::GoTo(next)) => open.push((*next, places)),
                Some(Instruction::At(place)) => open.push((at + 1, places | bit(*place))),
            }
            self.seen.push((at, places));
        }
        Ok(steps)
    }
}

fn too_large() -> Flaw {
    Flaw::Unsupported("it is too large, with its repetitions written out".to_owned())
}

impl Writer {
    fn write(&mut self, part: &Part) -> Result<(), Flaw> {
        match part {
            Part::One(ranges) => {
                self.positions += 1;
                if self.positions > MOST_POSITIONS {
                    return Err(too_large());
                }
                self.size += ranges.len();
                self.push(Instruction::One(ranges.clone()))?;
            }
            Part::At(place) => self.push(Instruction::At(*place))?,
            Part::All(parts) => parts.iter().try_for_each(|part| self.write(part))?,
            Part::Any(parts) => self.any(parts)?,
            Part::Repeat(repeat) => self.repeat(repeat)?,
        }
        Ok(())
    }

    fn any(&mut self, parts: &[Part]) -> Result<(), Flaw> {
        let mut ends = Vec::new();
        let last = parts.len().saturating_sub(1);
        for (number, part) in parts.iter().enumerate() {
            if number == last {
                self.write(part)?;
                break;
            }
            let either = self.hole()?;
            self.write(part)?;
            ends.push(self.hole()?);
            let next = self.list.len();
            self.fill(either, Instruction::Either(either + 1, next));
        }
        let end = self.list.len();
        ends.into_iter().for_each(|hole| self.fill(hole, Instruction::GoTo(end)));
        Ok(())
    }

    fn repeat(&mut self, repeat: &Repeat) -> Result<(), Flaw> {
        let either = |enter, leave| match repeat.greedy {
            true => Instruction::Either(enter, leave),
            false => Instruction::Either(leave, enter),
        };
        let Some(most) = repeat.most else {
            for _ in 1..repeat.least {
                self.write(&repeat.part)?;
            }
            // Where `x` may be nothing, `x*` is `(x+)?`: it is not tried again then.
            let skip = if repeat.least == 0 { Some(self.hole()?) } else { None };
            let once = repeat.least > 0 || may_be_nothing(&repeat.part);
            let again = self.list.len();
            self.write(&repeat.part)?;
            let end = self.list.len() + 1;
            self.push(match skip.filter(|_| !once) {
                Some(skip) => Instruction::GoTo(skip),
                None => either(again, end),
            })?;
            if let Some(skip) = skip {
                self.fill(skip, either(again, end));
            }
            return Ok(());
        };
        for _ in 0..repeat.least {
            self.write(&repeat.part)?;
        }
        // One within the other, so that who leaves leaves at once.
        let mut holes = Vec::new();
        for _ in repeat.least..most {
            holes.push(self.hole()?);
            self.write(&repeat.part)?;
        }
        let end = self.list.len();
        holes.into_iter().for_each(|hole| self.fill(hole, either(hole + 1, end)));
        Ok(())
    }

    /// A place for an instruction that is not known yet.
    fn hole(&mut self) -> Result<usize, Flaw> {
        self.push(Instruction::Found)?;
        Ok(self.list.len() - 1)
    }

    fn push(&mut self, instruction: Instruction) -> Result<(), Flaw> {
        self.size += 1;
        if self.size > MOST_INSTRUCTIONS {
            return Err(too_large());
        }
        self.list.push(instruction);
        Ok(())
    }

    fn fill(&mut self, hole: usize, instruction: Instruction) {
        if let Some(slot) = self.list.get_mut(hole) {
            *slot = instruction;
        }
    }
}

fn may_be_nothing(part: &Part) -> bool {
    match part {
        Part::One(_) => false,
        Part::At(_) => true,
        Part::All(parts) => parts.iter().all(may_be_nothing),
        Part::Any(parts) => parts.iter().any(may_be_nothing),
        Part::Repeat(repeat) => repeat.least == 0 || may_be_nothing(&repeat.part),
    }
}
