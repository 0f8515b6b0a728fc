package karuta.diagnosis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** What foreign code throws, in words. */
class ThrownTest {

    static final class Static {

        static final int VALUE = Integer.parseInt("no number");

        private Static() {}
    }

    private static Thrown explain(Throwable thrown) {
        return Thrown.explain(thrown, name -> name.startsWith(ThrownTest.class.getName()));
    }

    @Test
    void aStaticInitialiserIsToldWithItsLine() {
        var first = explain(assertThrows(ExceptionInInitializerError.class, () -> read()));
        assertEquals(Fault.INITIALISER, first.fault());
        assertTrue(
                first.what()
                        .matches(
                                "its static initialiser threw java.lang.NumberFormatException: .*, in .*Static.<clinit>\\"
                                        + "(ThrownTest.java:\\d+\\)"),
                first.what());
        var second = explain(assertThrows(NoClassDefFoundError.class, () -> read()));
        assertEquals(Fault.INITIALISER, second.fault());
    }

    private static int read() {
        return Static.VALUE;
    }

    @Test
    void aConstructorIsToldWithItsLine() {
        var told = explain(new RuntimeException(new IllegalStateException("no weights")));
        assertEquals(Fault.CONSTRUCTOR, told.fault());
        assertTrue(
                told.what().startsWith("its constructor threw java.lang.IllegalStateException: no weights, in karuta"),
                told.what());
    }

    @Test
    void whatTheVirtualMachineRefusesIsToldAsWhatItIs() {
        assertEquals(
                Fault.NATIVE,
                explain(new UnsatisfiedLinkError("no near in java.library.path"))
                        .fault());
        assertEquals(Fault.JAVA, explain(new UnsupportedClassVersionError("x")).fault());
        assertEquals(Fault.NOT_PUBLIC, explain(new NoSuchMethodException("x")).fault());
        assertEquals(Fault.NOT_PUBLIC, explain(new IllegalAccessException("x")).fault());
        assertEquals(Fault.LINKAGE, explain(new NoSuchMethodError("x")).fault());
        assertEquals(
                "there is no class a.b.C",
                explain(new NoClassDefFoundError("a/b/C")).what());
    }

    @Test
    void aCauseThatLeadsBackToItselfEnds() {
        var one = new IllegalStateException("one");
        var two = new IllegalStateException("two", one);
        one.initCause(two);
        assertEquals(Fault.CONSTRUCTOR, explain(one).fault());
    }
}
