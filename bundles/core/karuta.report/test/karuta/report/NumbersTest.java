package karuta.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import karuta.metrics.PairedDifference;
import karuta.metrics.statistics.Interval;
import org.junit.jupiter.api.Test;

class NumbersTest {

    @Test
    void bytesGetTheUnitThatFits() {
        assertEquals("0 B", Numbers.bytes(0));
        assertEquals("999 B", Numbers.bytes(999));
        assertEquals("83.5 kB", Numbers.bytes(83_456));
        assertEquals("1.0 MB", Numbers.bytes(999_999));
        assertEquals("1,234,567", Numbers.count(1_234_567));
    }

    @Test
    void thereIsNoNegativeZero() {
        assertEquals("0.0", Numbers.percent(-1e-9));
        assertEquals("0.0", Numbers.points(PairedDifference.of(List.of(1e-9))));
        assertEquals("0.0", Numbers.points(1e-9));
        assertEquals("-10.0", Numbers.points(PairedDifference.of(List.of(-0.1))));
    }

    @Test
    void aTinyPValueIsNotZero() {
        assertEquals("<0.001", Numbers.p(1e-9));
        assertEquals("0.001", Numbers.p(0.0005));
        assertEquals("0.050", Numbers.p(0.05));
        assertEquals("1.000", Numbers.p(1));
    }

    @Test
    void intervalsOfDifferencesHaveTheirSigns() {
        assertEquals("[-1.2, +3.4]", Numbers.points(new Interval(-0.012, 0.034)));
        assertEquals("[1.2, 3.4]", Numbers.percent(new Interval(0.012, 0.034)));
    }

    @Test
    void operationsHaveUnits() {
        assertEquals("0", Numbers.operations(0));
        assertEquals("999", Numbers.operations(999));
        assertEquals("13.0 G", Numbers.operations(12.95e9));
        assertEquals("1.0 T", Numbers.operations(999.96e9));
    }
}
