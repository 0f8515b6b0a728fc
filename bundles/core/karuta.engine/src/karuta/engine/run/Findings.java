package karuta.engine.run;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import karuta.api.KarutaException;

/** What is wrong with the data of a study, collected to be told at once. */
final class Findings {

    private final String what;
    private final String remedy;
    private final List<String> found = new ArrayList<>();

    /**
     * @param what stands before a number: {@code Pictures that cannot be used}
     * @param remedy what to do about them all
     */
    Findings(String what, String remedy) {
        this.what = what;
        this.remedy = remedy;
    }

    boolean any() {
        return !found.isEmpty();
    }

    void add(String finding) {
        found.add(finding);
    }

    /**
     * @param most how many findings are listed; the others are counted
     * @throws KarutaException if something was found, with all lists
     */
    static void throwIfAny(int most, Findings... all) {
        var told = Stream.of(all)
                .filter(each -> !each.found.isEmpty())
                .map(each -> each.list(most))
                .collect(Collectors.joining("\n"));
        if (!told.isEmpty()) {
            var remedies = Stream.of(all)
                    .filter(each -> !each.found.isEmpty())
                    .map(each -> each.remedy)
                    .collect(Collectors.joining("\n  "));
            throw new KarutaException(told, remedies);
        }
    }

    private String list(int most) {
        var left = found.size() - most;
        return what + ": " + found.size()
                + found.stream().limit(most).map(each -> "\n    " + each).collect(Collectors.joining())
                + (left > 0 ? "\n    and " + left + " more, which `karuta validate --all` lists" : "");
    }
}
