//! Putting a new directory in the place of an old one, in one step of the file
//! system: whoever looks, and whenever the program is killed, finds the one or
//! the other.

use std::collections::{BTreeSet, HashSet};
use std::fs::{self, File, Permissions};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::{Context, Result, bail};

use crate::shares;

use super::scan::{self, Found};
use super::{Plan, parents, record};

/// Fewer files than this are written sooner than a thread is started.
const WORTH_A_THREAD: usize = 64;

/// Writes the new directory beside the old one, and puts it in its place.
pub fn replace(plan: &Plan<'_>, progress: &(dyn Fn(usize, usize) + Sync)) -> Result<()> {
    let mut staging = Staging::new(&plan.directory)?;
    fill(plan, &staging, progress)?;
    if let Some(old) = staging.take_the_place_of(&plan.directory)? {
        // It is done. What remains of the old one is only in the way.
        let _ = remove_old(plan, &old);
    }
    Ok(())
}

/// A directory that is being written.
struct Staging {
    path: PathBuf,
    /// The permissions that a new directory has here.
    usual: Permissions,
    placed: bool,
}

/// Until it is whole only its owner reads it.
fn private(path: &Path) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(path, Permissions::from_mode(0o700))?;
    }
    Ok(())
}

/// Holds off all other runs that write beside this directory: they wait for
/// their turn. It ends with the process, however that ends.
pub fn wait_for_turn(directory: &Path) -> Option<File> {
    // A lock of the directory above needs no file of its own. Where the disk
    // knows no locks all goes on without.
    let lock = File::open(directory.parent()?).ok()?;
    lock.lock().is_ok().then_some(lock)
}

/// How the names of directories begin that are written beside another.
fn prefix(directory: &Path) -> Option<String> {
    Some(format!(".{}.k8sgen-", directory.file_name()?.to_str()?))
}

impl Staging {
    fn new(directory: &Path) -> Result<Staging> {
        let (Some(parent), Some(prefix)) = (directory.parent(), prefix(directory)) else {
            bail!("its name is no text");
        };
        for number in 0..1000 {
            let path = parent.join(format!("{prefix}{}-{number}", std::process::id()));
            match fs::create_dir(&path) {
                Ok(()) => {
                    let usual = fs::metadata(&path)?.permissions();
                    private(&path)?;
                    return Ok(Staging { path, usual, placed: false });
                }
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => {
                    return Err(error).with_context(|| {
                        format!("the new one is written beside it, in `{}`", parent.display())
                    });
                }
            }
        }
        bail!("`{}` is full of what earlier runs left", parent.display())
    }

    /// Puts it there, in exchange for what was there: where that is now.
    fn take_the_place_of(&mut self, directory: &Path) -> Result<Option<PathBuf>> {
        let old = if fs::symlink_metadata(directory).is_err() {
            fs::rename(&self.path, directory)?;
            None
        } else {
            Some(match exchange(&self.path, directory) {
                Ok(()) => self.path.clone(),
                Err(error) if error.kind() == io::ErrorKind::ResourceBusy => {
                    bail!("it is a mount point; choose a directory in it")
                }
                Err(error) if is_unknown(&error) => self.step_by_step(directory)?,
                Err(error) => return Err(error.into()),
            })
        };
        self.placed = true;
        Ok(old)
    }

    /// For systems that exchange nothing: a kill between the two steps leaves
    /// the old one beside its place, from where the next run takes it back.
    fn step_by_step(&self, directory: &Path) -> io::Result<PathBuf> {
        let beside = PathBuf::from(format!("{}{MOVED}", self.path.display()));
        fs::rename(directory, &beside)?;
        if let Err(error) = fs::rename(&self.path, directory) {
            fs::rename(&beside, directory)?;
            return Err(error);
        }
        Ok(beside)
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        if !self.placed {
            remove_all(&self.path);
        }
    }
}

/// How the name of a directory ends that was moved out of its place.
const MOVED: &str = ".old";

#[cfg(any(target_os = "linux", target_vendor = "apple"))]
fn exchange(one: &Path, other: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)?)
}

#[cfg(not(any(target_os = "linux", target_vendor = "apple")))]
fn exchange(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// The system, or this disk, does not know how to exchange.
fn is_unknown(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::Unsupported | io::ErrorKind::InvalidInput)
}

/// Everything of the new directory: files that are new or changed are written,
/// all others are the old ones themselves.
fn fill(
    plan: &Plan<'_>,
    staging: &Staging,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Result<()> {
    let to = &*staging.path;
    let foreign = plan.foreign();
    let mut directories: BTreeSet<&str> = BTreeSet::new();
    for path in plan.files.keys().chain(foreign.iter().map(|(path, _)| *path)) {
        directories.extend(parents(path));
    }
    let whole = foreign.iter().filter(|(_, found)| **found == Found::Directory);
    directories.extend(whole.map(|(path, _)| path.as_str()));
    for path in &directories {
        fs::create_dir(to.join(path))?;
    }
    for (path, found) in foreign {
        match found {
            Found::File(..) => keep(&plan.directory.join(path), &to.join(path))?,
            Found::Link => link_again(&plan.directory.join(path), &to.join(path))?,
            Found::Directory => {}
        }
    }
    let in_the_way = plan.in_the_way.iter().map(String::as_str);
    let changed: HashSet<&str> =
        plan.created.iter().chain(&plan.updated).copied().chain(in_the_way).collect();
    let files: Vec<(&String, &Vec<u8>)> = plan.files.iter().collect();
    let threads = if files.len() < WORTH_A_THREAD { 1 } else { 2 };
    let done = AtomicUsize::new(0);
    let written = shares::each(&shares::even(&files, threads), |share| {
        share.iter().try_for_each(|(path, bytes)| {
            let place = to.join(path);
            let written = match changed.contains(path.as_str()) {
                true => fs::write(&place, bytes).and_then(|()| plan.keep_mode(path, &place)),
                false => keep(&plan.directory.join(path), &place),
            };
            progress(done.fetch_add(1, Ordering::Relaxed) + 1, files.len());
            written.with_context(|| format!("`{path}`"))
        })
    });
    written.into_iter().collect::<Result<Vec<()>>>()?;
    fs::write(to.join(record::NAME), record::write(&plan.record)?)?;
    // Last, as some may not be written into any more.
    for path in directories.iter().rev() {
        if plan.found.get(*path) == Some(&Found::Directory) {
            same_permissions(&plan.directory.join(path), &to.join(path))?;
        }
    }
    match fs::metadata(&plan.directory) {
        Ok(meta) => fs::set_permissions(to, meta.permissions())?,
        Err(_) => fs::set_permissions(to, staging.usual.clone())?,
    }
    Ok(())
}

fn same_permissions(from: &Path, to: &Path) -> io::Result<()> {
    fs::set_permissions(to, fs::metadata(from)?.permissions())
}

impl Plan<'_> {
    /// A file that changes stays as open or closed as it was.
    fn keep_mode(&self, path: &str, new: &Path) -> io::Result<()> {
        match self.found.get(path) {
            Some(Found::File(..)) => same_permissions(&self.directory.join(path), new),
            _ => Ok(()),
        }
    }

    /// Whether a file of the old directory is the one that was looked at.
    fn is_as_found(&self, path: &str, old: &Path) -> bool {
        let stamp = || scan::stamp(&fs::symlink_metadata(old.join(path)).ok()?);
        match self.found.get(path) {
            Some(Found::File(_, then)) => stamp().as_ref() == Some(then),
            other => other.is_some(),
        }
    }

    /// What was found that is neither wanted nor to be deleted.
    fn foreign(&self) -> Vec<(&String, &Found)> {
        let gone = self.deleted.iter().chain(&self.in_the_way);
        let own: HashSet<&str> = self.files.keys().chain(gone).map(String::as_str).collect();
        // Directories of own files come and go with them, and what stands where
        // one of them is needed goes.
        let through: HashSet<&str> = own.iter().flat_map(|path| parents(path)).collect();
        let known = |path: &str| own.contains(path) || through.contains(path);
        self.found.iter().filter(|(path, _)| !known(path)).collect()
    }
}

/// The same file once more: itself where the disk can, else a copy that is as
/// old.
fn keep(from: &Path, to: &Path) -> io::Result<()> {
    if fs::hard_link(from, to).is_ok() {
        return Ok(());
    }
    let meta = fs::metadata(from)?;
    fs::write(to, fs::read(from)?)?;
    File::options().write(true).open(to)?.set_modified(meta.modified()?)?;
    fs::set_permissions(to, meta.permissions())
}

#[cfg(unix)]
fn link_again(from: &Path, to: &Path) -> io::Result<()> {
    std::os::unix::fs::symlink(fs::read_link(from)?, to)
}

#[cfg(not(unix))]
fn link_again(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Removes what was known of the old directory. What somebody put into it since
/// moves to the new one.
fn remove_old(plan: &Plan<'_>, old: &Path) -> Result<()> {
    open_all(old);
    // Deepest first, so that a directory is empty but for what cannot be moved.
    for (path, found) in scan::list(old)?.iter().rev() {
        let place = old.join(path);
        let known = path == record::NAME || plan.is_as_found(path, old);
        match found {
            Found::Directory => drop(fs::remove_dir(&place)),
            _ if known => drop(fs::remove_file(&place)),
            // Somebody saved it meanwhile: theirs is the newer one.
            _ if plan.files.contains_key(path) => {
                fs::rename(&place, plan.directory.join(format!("{path}.saved")))?;
            }
            _ => {
                let new = plan.directory.join(path);
                if let Some(parent) = new.parent() {
                    fs::create_dir_all(parent)?;
                }
                fs::rename(&place, &new)?;
            }
        }
    }
    fs::remove_dir(old)?;
    Ok(())
}

/// Removes what is ours, whatever the permissions of its directories.
fn remove_all(path: &Path) {
    open_all(path);
    let _ = fs::remove_dir_all(path);
}

/// Makes all directories such that something can be removed from them.
fn open_all(path: &Path) {
    let _ = private(path);
    for entry in fs::read_dir(path).into_iter().flatten().flatten() {
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            open_all(&entry.path());
        }
    }
}

/// `PID-NUMBER`, with what says that it was moved.
fn is_number_of_run(rest: &str) -> bool {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let rest = rest.strip_suffix(MOVED).unwrap_or(rest);
    rest.split_once('-').is_some_and(|(process, number)| digits(process) && digits(number))
}

/// Clears away what killed runs left beside a directory, and takes back the
/// directory itself where one of them had moved it.
pub fn recover(directory: &Path) -> Result<()> {
    let (Some(parent), Some(prefix)) = (directory.parent(), prefix(directory)) else {
        return Ok(());
    };
    for entry in fs::read_dir(parent).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let Some(rest) = name.to_str().and_then(|name| name.strip_prefix(&prefix)) else {
            continue;
        };
        // Only directories that a run made, and never what a link leads to.
        if !is_number_of_run(rest) || !entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            continue;
        }
        let left = entry.path();
        if rest.ends_with(MOVED) && fs::symlink_metadata(directory).is_err() {
            fs::rename(&left, directory)?;
        } else {
            remove_all(&left);
        }
    }
    Ok(())
}
