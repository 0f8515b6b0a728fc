package karuta.check;

import java.util.Optional;
import karuta.check.Outcome.Fails;

/** The first failure that is found while something is looked through. */
final class Failure {

    private final String remedy;
    private Optional<Fails> found = Optional.empty();

    /** @param remedy what to do about whatever is found */
    Failure(String remedy) {
        this.remedy = remedy;
    }

    /** Something must be so; otherwise it is told what is wrong. */
    Failure require(boolean so, String where, String what) {
        if (!so && found.isEmpty()) {
            found = Optional.of(new Fails(what, where, remedy));
        }
        return this;
    }

    Outcome outcome() {
        return Outcome.of(found);
    }
}
