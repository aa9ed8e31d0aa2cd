//! Functions of lists, and of lists as sets.

use super::super::evaluate::Evaluator;
use super::super::shape::Form;
use super::super::value::{Error, List, Outcome, Value};
use super::{Function, text};

pub fn apply<'a>(
    evaluator: &mut Evaluator<'a>,
    function: &Function,
    values: &[Value<'a>],
) -> Outcome<'a> {
    use Function as F;
    let count = |number: usize| Value::Int(number.try_into().unwrap_or(i64::MAX));
    match (function, values) {
        (F::Size, [Value::Text(text)]) => Ok(count(text.chars().count())),
        (F::Size, [Value::Bytes(bytes)]) => Ok(count(bytes.len())),
        (F::Size, [Value::List(list)]) => Ok(count(list.len())),
        (F::Size, [Value::Map(map)]) => Ok(count(map.len())),
        (F::IndexOf, [Value::Text(text), Value::Text(part)]) => {
            text::index_of(text, part, 0).map(Value::Int)
        }
        (F::IndexOf, [Value::Text(text), Value::Text(part), Value::Int(from)]) => {
            text::index_of(text, part, *from).map(Value::Int)
        }
        (F::LastIndexOf, [Value::Text(text), Value::Text(part)]) => {
            text::last_index_of(text, part, None).map(Value::Int)
        }
        (F::LastIndexOf, [Value::Text(text), Value::Text(part), Value::Int(from)]) => {
            text::last_index_of(text, part, Some(*from)).map(Value::Int)
        }
        (F::IndexOf, [Value::List(list), item]) => position(evaluator, list, item, 0..list.len()),
        (F::LastIndexOf, [Value::List(list), item]) => {
            position(evaluator, list, item, (0..list.len()).rev())
        }
        (F::IsSorted, [Value::List(list)]) => is_sorted(list),
        (F::Sum, [Value::List(list)]) => sum(list),
        (F::Min, [Value::List(list)]) => most(list, std::cmp::Ordering::Less),
        (F::Max, [Value::List(list)]) => most(list, std::cmp::Ordering::Greater),
        (F::Includes, [Value::List(list), item]) => has(evaluator, list, item).map(Value::Bool),
        (F::Includes, [one, two]) => evaluator.are_equal(one, two).map(Value::Bool),
        (F::Reverse, [Value::Text(text)]) => {
            Ok(Value::text(text.chars().rev().collect::<String>()))
        }
        (F::Reverse, [Value::List(list)]) => {
            let mut items = items(list)?;
            items.reverse();
            Ok(made(items))
        }
        (F::Slice, [Value::List(list), Value::Int(start), Value::Int(end)]) => {
            slice(list, *start, *end)
        }
        (F::Flatten, [Value::List(list)]) => flattened(list, 1),
        (F::Flatten, [Value::List(list), Value::Int(depth)]) => match u32::try_from(*depth) {
            Ok(depth) => flattened(list, depth),
            Err(_) => Err(Error::failed("level must be non-negative")),
        },
        (F::Distinct, [Value::List(list)]) => distinct(evaluator, list),
        (F::Sort, [Value::List(list)]) => sorted(list),
        (F::Range, [Value::Int(count)]) => {
            evaluator.spend(usize::try_from(*count).unwrap_or_default())?;
            Ok(made((0..*count).map(Value::Int).collect()))
        }
        _ => Err(Error::no_overload()),
    }
}

fn items<'a>(list: &List<'a>) -> Result<Vec<Value<'a>>, Error> {
    list.iter().collect()
}

fn made(items: Vec<Value<'_>>) -> Value<'_> {
    Value::List(List::Made(items.into()))
}

fn slice<'a>(list: &List<'a>, start: i64, end: i64) -> Outcome<'a> {
    let part = usize::try_from(start).ok().zip(usize::try_from(end).ok());
    let items = items(list)?;
    match part.and_then(|(start, end)| items.get(start..end)) {
        Some(part) => Ok(made(part.to_vec())),
        None => Err(Error::failed(format!(
            "cannot slice({start}, {end}), list is length {}",
            items.len()
        ))),
    }
}

/// A list with the items of those lists in it that are nested less deep.
fn flattened<'a>(list: &List<'a>, depth: u32) -> Outcome<'a> {
    let mut flat = items(list)?;
    for _ in 0..depth {
        if !flat.iter().any(|item| matches!(item, Value::List(_))) {
            break;
        }
        let mut next = Vec::with_capacity(flat.len());
        for item in flat {
            match item {
                Value::List(list) => next.append(&mut items(&list)?),
                item => next.push(item),
            }
        }
        flat = next;
    }
    Ok(made(flat))
}

fn distinct<'a>(evaluator: &mut Evaluator<'a>, list: &List<'a>) -> Outcome<'a> {
    let mut kept: Vec<Value<'a>> = Vec::new();
    for item in list.iter() {
        let item = item?;
        evaluator.spend(kept.len())?;
        let mut is_new = true;
        for earlier in &kept {
            is_new = is_new && !evaluator.are_equal(earlier, &item)?;
        }
        if is_new {
            kept.push(item);
        }
    }
    Ok(made(kept))
}

fn sorted<'a>(list: &List<'a>) -> Outcome<'a> {
    let mut items = items(list)?;
    for item in &items {
        if items[0].order(item)?.is_none() {
            return Err(Error::Unsupported("a list with what is no number".to_owned()));
        }
    }
    // What has an order to the first has one to the others.
    items.sort_by(|one, two| one.order(two).ok().flatten().unwrap_or(std::cmp::Ordering::Equal));
    Ok(made(items))
}

fn position<'a>(
    evaluator: &mut Evaluator<'a>,
    list: &List<'a>,
    wanted: &Value<'a>,
    order: impl Iterator<Item = usize>,
) -> Outcome<'a> {
    for index in order {
        if let Some(item) = list.get(index)
            && evaluator.are_equal(&item?, wanted)?
        {
            return Ok(Value::Int(index.try_into().unwrap_or(i64::MAX)));
        }
    }
    Ok(Value::Int(-1))
}

fn is_sorted<'a>(list: &List<'a>) -> Outcome<'a> {
    let mut before: Option<Value<'a>> = None;
    for item in list.iter() {
        let item = item?;
        if let Some(before) = before
            && before.order(&item)?.is_some_and(|order| order.is_gt())
        {
            return Ok(Value::Bool(false));
        }
        before = Some(item);
    }
    Ok(Value::Bool(true))
}

fn sum<'a>(list: &List<'a>) -> Outcome<'a> {
    let mut total: Option<Value<'a>> = None;
    for item in list.iter() {
        let item = item?;
        if !matches!(item, Value::Int(_) | Value::Uint(_) | Value::Double(_) | Value::Duration(_)) {
            return Err(Error::no_overload());
        }
        total = Some(match total {
            Some(total) => super::super::arithmetic::sum(&total, &item)?,
            None => item,
        });
    }
    let of_durations = matches!(list, List::Given { shape, .. }
        if shape.item().is_some_and(|item| item.form() == Form::Duration));
    let nothing = if of_durations { Value::Duration(0) } else { Value::Int(0) };
    Ok(total.unwrap_or(nothing))
}

/// The least or the greatest item.
fn most<'a>(list: &List<'a>, better: std::cmp::Ordering) -> Outcome<'a> {
    let mut best: Option<Value<'a>> = None;
    for item in list.iter() {
        let item = item?;
        let is_better = match &best {
            Some(best) => item.order(best)? == Some(better),
            None => true,
        };
        if is_better {
            best = Some(item);
        }
    }
    best.ok_or_else(|| Error::failed("the least or greatest of an empty list"))
}

/// Whether a list has an item.
fn has<'a>(
    evaluator: &mut Evaluator<'a>,
    list: &List<'a>,
    wanted: &Value<'a>,
) -> Result<bool, Error> {
    evaluator.spend(list.len())?;
    for item in list.iter() {
        if evaluator.are_equal(&item?, wanted)? {
            return Ok(true);
        }
    }
    Ok(false)
}

fn has_all<'a>(
    evaluator: &mut Evaluator<'a>,
    list: &List<'a>,
    wanted: &List<'a>,
) -> Result<bool, Error> {
    for item in wanted.iter() {
        if !has(evaluator, list, &item?)? {
            return Ok(false);
        }
    }
    Ok(true)
}

pub fn apply_to_sets<'a>(
    evaluator: &mut Evaluator<'a>,
    function: &Function,
    values: &[Value<'a>],
) -> Outcome<'a> {
    let [Value::List(one), Value::List(two)] = values else { return Err(Error::no_overload()) };
    Ok(Value::Bool(match function {
        Function::SetContains => has_all(evaluator, one, two)?,
        Function::SetEquivalent => has_all(evaluator, one, two)? && has_all(evaluator, two, one)?,
        _ => {
            for item in two.iter() {
                if has(evaluator, one, &item?)? {
                    return Ok(Value::Bool(true));
                }
            }
            false
        }
    }))
}
