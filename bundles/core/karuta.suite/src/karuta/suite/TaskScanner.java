package karuta.suite;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import karuta.api.KarutaException;
import karuta.samples.Elements;
import karuta.samples.Entry;
import karuta.samples.EntryReader;
import karuta.samples.ImageRoot;
import karuta.suite.CountCheck.Verdict;
import karuta.suite.Fault.Kind;
import karuta.suite.SuiteOptions.Twice;

/** Reads the files of a task from their beginning to their end and shows all that is in them. */
final class TaskScanner {

    private final SuiteTask task;
    private final TaskFiles files;
    private final SuiteOptions options;
    private final TaskScan to;

    TaskScanner(SuiteTask task, TaskFiles files, SuiteOptions options, TaskScan to) {
        this.task = task;
        this.files = files;
        this.options = options;
        this.to = to;
    }

    /** The root of a split's image paths. */
    static ImageRoot images(TaskFiles files, Split split, SuiteOptions options) {
        return new ImageRoot(List.of(files.images(split)), options.outside(), options.files());
    }

    /**
     * The test file and what stands beside it.
     *
     * @return the ids of the samples that the published script counts, if a file says so; empty for all
     */
    List<String> test() {
        to.file(Split.TEST.toString(), files.test());
        files.sides().forEach(to::file);
        var tables = new SideTables(task, files, to::fault);
        var samples = split(Split.TEST, files.test(), tables);
        if (samples > 0 && !options.excerpt() && options.limit(Split.TEST) == 0) {
            tables.checkNumbers(samples, files.test().choices().get(0).file());
        }
        tables.notes().forEach(to::note);
        return tables.split();
    }

    /** The training file, if the task has one. */
    void train() {
        files.train().ifPresent(choice -> {
            to.file(Split.TRAIN.toString(), choice);
            split(Split.TRAIN, choice, new SideTables(task.without(), files, to::fault));
        });
    }

    /** Gives the number of elements that were read; 0 if the file cannot be read. */
    private int split(Split split, FileChoice choice, SideTables tables) {
        try {
            var file = choice.need();
            return new Pass(split, file, tables).read();
        } catch (KarutaException e) {
            to.fault(Fault.of(Kind.FILE, choice.choices().get(0).file(), e));
            return 0;
        }
    }

    /** Once through a file. */
    private final class Pass {

        private final Split split;
        private final FileChoice.Choice choice;
        private final SideTables tables;
        private final ImageRoot images;
        private final EntryReader reader = new EntryReader(task.shape().droppingSystem(options.dropSystem()));
        private final Set<String> ids = new HashSet<>();
        private boolean whole = true;

        private Pass(Split split, FileChoice.Choice choice, SideTables tables) {
            this.split = split;
            this.choice = choice;
            this.tables = tables;
            this.images = images(files, split, options);
        }

        private int read() {
            try {
                new Elements(choice.file()).each((element, where) -> {
                    if (isEnough()) {
                        whole = false;
                        return false;
                    }
                    try {
                        show(reader.read(element, where), where);
                    } catch (KarutaException e) {
                        fault(Kind.RECORD, e);
                    }
                    return true;
                });
                if (whole) {
                    count();
                }
            } catch (KarutaException e) {
                fault(Kind.BROKEN, e);
            }
            return reader.number();
        }

        /** Behind the last one that is wanted, the next one tells whether there are more. */
        private boolean isEnough() {
            var limit = options.limit(split);
            return limit > 0 && reader.number() >= limit || !to.wants(split);
        }

        private void show(Entry entry, String where) {
            if (split == Split.TEST && !ids.add(entry.id()) && options.twice() == Twice.REFUSE) {
                to.fault(new Fault(
                        Kind.TWICE, choice.file(), where + " has the id " + entry.id() + " of a sample before."));
                return;
            }
            try {
                entry.images().forEach(path -> images.check(path, where + " (id " + entry.id() + ")"));
            } catch (KarutaException e) {
                fault(Kind.IMAGE, e);
                return;
            }
            var joined = tables.join(entry, reader.number(), where);
            if (joined.turns().stream().anyMatch(said -> said.answers().isEmpty())) {
                to.fault(new Fault(
                        Kind.RECORD,
                        choice.file(),
                        where + " (id " + entry.id() + ") has no answer, nor has a file beside."));
                return;
            }
            to.record(new SuiteRecord(split, reader.number(), where, joined, paths(joined)));
        }

        private List<Path> paths(Entry entry) {
            return entry.images().stream().map(files.images(split)::resolve).toList();
        }

        private void count() {
            var check = CountCheck.of(task, split, reader.number(), choice);
            if (check.verdict() == Verdict.TRUNCATED && !options.excerpt()) {
                to.fault(new Fault(Kind.COUNT, choice.file(), check.what()));
            } else if (check.verdict() != Verdict.GOOD) {
                to.note(check.what());
            }
        }

        private void fault(Kind kind, KarutaException e) {
            to.fault(Fault.of(kind, choice.file(), e));
        }
    }
}
