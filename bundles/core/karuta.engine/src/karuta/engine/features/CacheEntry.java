package karuta.engine.features;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What was made of one picture or text.
 *
 * @param note a text that goes with it
 * @param features the arrays
 */
record CacheEntry(String note, List<FloatTensor> features) {

    int bytes() {
        return 2 * Integer.BYTES
                + note.getBytes(StandardCharsets.UTF_8).length
                + features.stream().mapToInt(FloatTensor::bytes).sum();
    }

    byte[] encode() {
        var out = ByteBuffer.allocate(bytes());
        var text = note.getBytes(StandardCharsets.UTF_8);
        out.putInt(text.length).put(text).putInt(features.size());
        features.forEach(feature -> feature.write(out));
        return out.array();
    }

    static CacheEntry decode(ByteBuffer in) {
        var text = new byte[in.getInt()];
        in.get(text);
        var count = in.getInt();
        return new CacheEntry(
                new String(text, StandardCharsets.UTF_8),
                IntStream.range(0, count).mapToObj(i -> FloatTensor.read(in)).toList());
    }
}
