package karuta.picture;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;

/** Damage of all kinds, the same for the same seed. */
final class Mutations {

    private static final long[] EXTREMES = {
        0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFFFF, 0x7FFF_FFFF, 0x8000_0000L, 0xFFFF_FFFFL
    };
    private static final int HEADER = 60;

    private final List<byte[]> files;
    private final Random random;

    Mutations(List<byte[]> files, long seed) {
        this.files = files;
        random = new Random(seed);
    }

    byte[] next() {
        var file = any().clone();
        for (var times = 1 + random.nextInt(3); times > 0; times--) {
            file = damaged(file.length < 5 ? new byte[5] : file);
        }
        if (file.length > 8 && file[1] == 'P' && random.nextInt(5) > 0) {
            repairSums(file);
        }
        return file;
    }

    private byte[] any() {
        return files.get(random.nextInt(files.size()));
    }

    private byte[] damaged(byte[] file) {
        var at = random.nextInt(random.nextBoolean() ? file.length : Math.min(HEADER, file.length));
        var length = Math.min(1 + random.nextInt(40), file.length - at);
        switch (random.nextInt(6)) {
            case 0 -> file[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> {
                return Arrays.copyOf(file, at);
            }
            case 2 -> {
                return joined(file, at, at + length, new byte[0]);
            }
            case 3 -> {
                return joined(file, at, at, Arrays.copyOfRange(file, at, at + length));
            }
            case 4 -> {
                var other = any();
                var from = random.nextInt(other.length);
                return joined(
                        file, at, at + length, Arrays.copyOfRange(other, from, Math.min(other.length, from + 60)));
            }
            default -> extreme(file, at);
        }
        return file;
    }

    private void extreme(byte[] file, int at) {
        var value = EXTREMES[random.nextInt(EXTREMES.length)];
        var in = ByteBuffer.wrap(file);
        in.order(random.nextBoolean() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        if (at + 4 <= file.length && random.nextBoolean()) {
            in.putInt(at, (int) value);
        } else if (at + 2 <= file.length && random.nextBoolean()) {
            in.putShort(at, (short) value);
        } else {
            in.put(at, (byte) value);
        }
    }

    private static byte[] joined(byte[] file, int from, int to, byte[] between) {
        return ByteBuffer.allocate(from + between.length + file.length - to)
                .put(file, 0, from)
                .put(between)
                .put(file, to, file.length - to)
                .array();
    }

    /** PNG's checksums, or nearly nothing would be looked at behind them. */
    private static void repairSums(byte[] png) {
        var in = ByteBuffer.wrap(png);
        for (var at = 8; at + 12 <= png.length; at += 12 + in.getInt(at)) {
            var length = in.getInt(at);
            if (length < 0 || length > png.length - at - 12) {
                return;
            }
            var sum = new CRC32();
            sum.update(png, at + 4, length + 4);
            in.putInt(at + 8 + length, (int) sum.getValue());
        }
    }
}
