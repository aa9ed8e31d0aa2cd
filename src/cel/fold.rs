//! Macros that go through a list or a map.

use super::evaluate::{Evaluator, worse};
use super::syntax::{Fold, FoldKind, Node};
use super::value::{Error, Map, Outcome, Value};

/// What an item is called, and its value.
type Item<'a> = (Value<'a>, Option<Value<'a>>);

impl<'a> Evaluator<'a> {
    pub fn fold(&mut self, fold: &'a Fold) -> Outcome<'a> {
        let over = self.evaluate(&fold.over)?;
        let items = self.items(&over, fold.value_name.is_some())?;
        match fold.kind {
            FoldKind::All => self.quantify(fold, items, false),
            FoldKind::Exists => self.quantify(fold, items, true),
            FoldKind::ExistsOne => self.exists_one(fold, items),
            FoldKind::Filter => self.filter(fold, items),
            FoldKind::List => self.transform(fold, items),
            FoldKind::Map | FoldKind::Entries => self.transform_map(fold, items),
        }
    }

    /// What is gone through: the items of a list or the keys of a map; with two names,
    /// indices or keys, and values.
    fn items(&mut self, over: &Value<'a>, both: bool) -> Result<Vec<Item<'a>>, Error> {
        match over {
            Value::List(list) => {
                self.spend(1 + list.len())?;
                let item = |(index, value): (usize, Outcome<'a>)| {
                    let value = value?;
                    Ok(match both {
                        true => (Value::Int(index as i64), Some(value)),
                        false => (value, None),
                    })
                };
                list.iter().enumerate().map(item).collect()
            }
            Value::Map(map) => {
                self.spend(1 + map.len().saturating_mul(if both { 1 + map.len() / 8 } else { 1 }))?;
                Ok(match both {
                    true => map.entries()?.into_iter().map(|(k, v)| (k, Some(v))).collect(),
                    false => map.keys().into_iter().map(|key| (key, None)).collect(),
                })
            }
            _ => Err(Error::no_overload()),
        }
    }

    fn ask(&mut self, fold: &'a Fold, node: &'a Node, item: Item<'a>) -> Outcome<'a> {
        match (item, &fold.value_name) {
            ((first, Some(second)), Some(name)) => {
                self.with_both((&fold.name, first), (name, second), node)
            }
            ((first, _), _) => self.with(&fold.name, first, node),
        }
    }

    fn holds(&mut self, fold: &'a Fold, node: &'a Node, item: Item<'a>) -> Result<bool, Error> {
        match self.ask(fold, node, item)? {
            Value::Bool(flag) => Ok(flag),
            _ => Err(Error::no_overload()),
        }
    }

    /// `all` and `exists`: one that settles it makes up for errors in the others.
    fn quantify(&mut self, fold: &'a Fold, items: Vec<Item<'a>>, settles: bool) -> Outcome<'a> {
        let mut error = None;
        for item in items {
            match self.holds(fold, &fold.body, item) {
                Ok(flag) if flag == settles => return Ok(Value::Bool(flag)),
                Ok(_) => {}
                Err(Error::TooCostly) => return Err(Error::TooCostly),
                Err(found) => error = worse(error, found),
            }
        }
        error.map_or(Ok(Value::Bool(!settles)), Err)
    }

    fn exists_one(&mut self, fold: &'a Fold, items: Vec<Item<'a>>) -> Outcome<'a> {
        let mut count = 0;
        for item in items {
            count += u32::from(self.holds(fold, &fold.body, item)?);
        }
        Ok(Value::Bool(count == 1))
    }

    fn filter(&mut self, fold: &'a Fold, items: Vec<Item<'a>>) -> Outcome<'a> {
        let mut taken = Vec::new();
        for item in items {
            if self.holds(fold, &fold.body, item.clone())? {
                taken.push(item.0);
            }
        }
        Ok(Value::list(taken))
    }

    /// Whether an item is to be transformed.
    fn takes(&mut self, fold: &'a Fold, item: &Item<'a>) -> Result<bool, Error> {
        match &fold.filter {
            Some(filter) => self.holds(fold, filter, item.clone()),
            None => Ok(true),
        }
    }

    fn transform(&mut self, fold: &'a Fold, items: Vec<Item<'a>>) -> Outcome<'a> {
        let mut made = Vec::with_capacity(items.len());
        for item in items {
            if self.takes(fold, &item)? {
                made.push(self.ask(fold, &fold.body, item)?);
            }
        }
        Ok(Value::list(made))
    }

    fn transform_map(&mut self, fold: &'a Fold, items: Vec<Item<'a>>) -> Outcome<'a> {
        let mut made = Vec::new();
        for item in items {
            if !self.takes(fold, &item)? {
                continue;
            }
            let key = item.0.clone();
            match (fold.kind, self.ask(fold, &fold.body, item)?) {
                (FoldKind::Entries, Value::Map(entries)) => {
                    for (key, value) in entries.entries()? {
                        self.add_entry(&mut made, key, value)?;
                    }
                }
                (FoldKind::Entries, _) => return Err(Error::no_overload()),
                (_, value) => self.add_entry(&mut made, key, value)?,
            }
        }
        Ok(Value::Map(Map::Made(made.into())))
    }
}
