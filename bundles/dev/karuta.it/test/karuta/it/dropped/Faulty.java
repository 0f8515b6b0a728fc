package karuta.it.dropped;

import java.util.List;
import karuta.api.Calls;
import karuta.api.Selection;
import karuta.api.Selector;

/** Selectors that fail as those of people do. */
public abstract class Faulty implements Selector {

    /** Ends those that do not come to an end. */
    public static final String RELEASE = "karuta.it.release";

    @Override
    public List<Selection> select(Calls calls) {
        throw new IllegalStateException();
    }

    /** Fails before there is any object of it. */
    public static final class InStatic extends Faulty {

        static final int K = Integer.parseInt("three");
    }

    /** Fails when it is made. */
    public static final class InConstructor extends Faulty {

        /** Throws. */
        public InConstructor() {
            throw new IllegalStateException("no weights");
        }
    }

    /** Never comes to an end. */
    public static final class Endless extends Faulty {

        static {
            while (!Boolean.getBoolean(RELEASE)) {
                Thread.onSpinWait();
            }
        }
    }

    /** Needs what no machine has. */
    public static final class Native extends Faulty {

        static {
            System.loadLibrary("no_such_library_anywhere");
        }
    }

    /** Does all it should, until it is asked. */
    public static final class Well extends Faulty {}
}
