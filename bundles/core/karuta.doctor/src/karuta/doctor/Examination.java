package karuta.doctor;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import karuta.doctor.DataReport.TaskReport;
import karuta.suite.Split;
import karuta.suite.SuiteRecord;

/** Goes through all tasks of data and names all that is wrong, without an end at the first fault. */
public final class Examination {

    private static final long BYTES_AROUND = 120; // what JSON adds to the texts of a sample

    private final Data data;
    private final Findings findings;
    private final Images images;
    private final boolean decode;
    private final Watch watch;
    private final long total;
    private long before; // bytes of the tasks that are done
    private long here; // bytes of the one that is looked at
    private long read; // of these

    /** Is told how far it is. */
    @FunctionalInterface
    public interface Watch {

        /**
         * @param what is looked at
         * @param share of all that is done, about, from 0 to 1
         */
        void at(String what, double share);
    }

    private Examination(Data data, boolean decode, int workers, int kept, Watch watch) {
        this.data = data;
        this.decode = decode;
        this.watch = watch;
        findings = new Findings(kept);
        images = new Images(data.images(), decode, workers, findings);
        total = Math.max(1, data.tasks().stream().mapToLong(this::bytes).sum());
    }

    /**
     * Examines data.
     *
     * @param decode whether images are decoded, not only looked for
     * @param workers how many threads decode images
     * @param kept how many findings of a kind are kept
     */
    public static DataReport of(Data data, boolean decode, int workers, int kept, Watch watch) {
        var examination = new Examination(data, decode, workers, kept, watch);
        try (examination.images) {
            return examination.report();
        }
    }

    private DataReport report() {
        data.strangers().forEach(stranger -> findings.add(Kind.STRANGER, "", stranger));
        var tasks = new ArrayList<TaskReport>();
        var folders = new ArrayList<Path>();
        for (var task : data.tasks()) {
            read = 0;
            here = bytes(task);
            var exam = new TaskExam(data, task, images, findings, record -> watch(task, record));
            data.scan(task, exam);
            images.drain();
            tasks.add(exam.report());
            folders.addAll(exam.folders());
            before += here;
        }
        if (data.isWhole()) {
            Orphans.find(List.copyOf(folders), images, findings);
        }
        return new DataReport(data.title(), tasks, findings.groups(), data.sources(), decode);
    }

    private long bytes(String task) {
        return Stream.of(Split.values())
                .mapToLong(split -> data.bytes(task, split))
                .sum();
    }

    /** By the bytes of the samples' texts, which says about how much of the files is read. */
    private void watch(String task, SuiteRecord record) {
        var texts = record.entry().turns().stream()
                .mapToLong(said -> said.question().length()
                        + said.answers().stream().mapToLong(String::length).sum())
                .sum();
        read = Math.min(here, read + texts + BYTES_AROUND);
        watch.at(task + " " + record.split() + ", sample " + record.number(), (double) (before + read) / total);
    }
}
