package karuta.report;

import java.util.Comparator;
import java.util.List;
import karuta.study.Arm;
import karuta.study.Order;
import karuta.study.file.StudyException;
import karuta.study.file.StudyReader;
import karuta.study.record.RecordException;

/**
 * The order in which a study names its arms and orders of tasks: that of tables, whichever run happened to begin first.
 *
 * @param arms their names
 * @param orders their names
 */
record StudyOrder(List<String> arms, List<String> orders) {

    /** By the study that lies with a run; nothing where there is none. */
    static StudyOrder of(Result result) {
        try {
            var study = StudyReader.parse("study.yaml", result.folder().readStudy());
            return new StudyOrder(
                    study.getArms().stream().map(Arm::getName).toList(),
                    study.getOrders().stream().map(Order::getName).toList());
        } catch (RecordException | StudyException none) {
            return new StudyOrder(List.of(), List.of());
        }
    }

    /** What the study does not name comes last, by the time at which it began. */
    Comparator<Result> comparator() {
        return Comparator.<Result>comparingInt(result -> place(arms, result.arm()))
                .thenComparingInt(result -> place(orders, result.run().getOrder()))
                .thenComparing(result -> result.run().getStarted());
    }

    private static int place(List<String> names, String name) {
        var place = names.indexOf(name);
        return place < 0 ? Integer.MAX_VALUE : place;
    }
}
