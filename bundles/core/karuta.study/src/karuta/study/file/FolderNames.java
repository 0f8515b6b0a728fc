package karuta.study.file;

import java.util.Optional;
import karuta.study.Study;

/** Sees to it that the folders of a study's runs can be made: their names hold those of study, arm and order. */
final class FolderNames {

    /** What file systems take, in bytes, less what stands around the names: {@code .seed-9223372036854775808.9999}. */
    static final int ROOM = 255 - 32;

    /** The order of a study that names none. */
    private static final String DEFAULT = "default";

    private static final String LIMIT = "; they name the folders of its runs, and more than " + ROOM + " do not fit";

    private FolderNames() {}

    static void check(Study study, StudyProblems problems) {
        var own = length(study.getName());
        if (own > ROOM) {
            problems.add(study, "the name of the study is " + own + " characters long" + LIMIT);
            return;
        }
        var order = study.getOrders().stream()
                .mapToInt(o -> length(o.getName()))
                .max()
                .orElse(DEFAULT.length());
        study.getArms().stream()
                .filter(arm -> own + order + length(arm.getName()) > ROOM)
                .findFirst()
                .ifPresent(arm -> problems.add(
                        arm,
                        "the names of the study, of the longest order and of the arm \"" + arm.getName() + "\" are "
                                + (own + order + length(arm.getName())) + " characters long together" + LIMIT));
    }

    private static int length(String name) {
        return Optional.ofNullable(name).map(String::length).orElse(0); // a missing one is reported by itself
    }
}
