package my.lab.grey;

import static org.junit.jupiter.api.Assertions.assertEquals;

import karuta.api.Guidance;
import karuta.api.GuidanceEncoder;
import karuta.check.junit.EncoderTests;
import karuta.kit.ToyPicture;
import org.junit.jupiter.api.Test;

class GreyTest extends EncoderTests {

    @Override
    protected GuidanceEncoder strategy() {
        return new Grey();
    }

    @Test
    void everyNumberOfAnImageIsCountedOnce() {
        var image = new ToyPicture(0, 128, 255);
        var counts = started().image(image, java.util.Optional.empty()).get(Guidance.IMAGE);
        assertEquals(4, counts.getFloat(0));
        assertEquals(4, counts.getFloat(26));
        assertEquals(12, counts.sum().getFloat());
    }
}
