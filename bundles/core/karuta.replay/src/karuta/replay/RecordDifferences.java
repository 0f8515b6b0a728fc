package karuta.replay;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * In what two records differ.
 *
 * @param all by group
 */
public record RecordDifferences(List<Difference> all) {

    /** Copies the list. */
    public RecordDifferences {
        all = List.copyOf(all);
    }

    /**
     * Compares the records in two folders.
     *
     * @throws karuta.api.KarutaException if one of them holds no run, or more than one
     * @throws karuta.study.record.RecordException if one cannot be read or is damaged
     */
    public static RecordDifferences between(Path a, Path b) {
        var one = KeptRun.read(a).facts();
        var other = KeptRun.read(b).facts();
        return new RecordDifferences(Arrays.stream(Group.values())
                .flatMap(group -> Facts.told(group, one, other).stream())
                .toList());
    }

    /** Those of a group. */
    public List<Difference> of(Group group) {
        return all.stream().filter(difference -> difference.group() == group).toList();
    }
}
