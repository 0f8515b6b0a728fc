package karuta.lmm.pickle;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** The bytes of a pickle and what they encode: numbers are little-endian, texts say how long they are. */
final class PickleInput {

    private static final int MAX_LINE = 256;

    private final ByteBuffer bytes;

    PickleInput(byte[] bytes) {
        this.bytes = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    boolean atEnd() {
        return !bytes.hasRemaining();
    }

    private void need(long count) throws PickleException {
        if (count > bytes.remaining()) {
            throw PickleException.broken("its pickle ends too early: at byte " + bytes.position() + ", " + count
                    + " more are needed and " + bytes.remaining() + " are there");
        }
    }

    int uint8() throws PickleException {
        need(1);
        return bytes.get() & 0xFF;
    }

    int uint16() throws PickleException {
        need(2);
        return bytes.getShort() & 0xFFFF;
    }

    int int32() throws PickleException {
        need(4);
        return bytes.getInt();
    }

    /** A number of the length that the byte before it says. */
    long signed() throws PickleException {
        var count = uint8();
        if (count > Long.BYTES) {
            throw PickleException.broken("it has a number of " + count + " bytes");
        }
        need(count);
        var number = 0L;
        for (var i = 0; i < count; i++) {
            number |= (bytes.get() & 0xFFL) << 8 * i;
        }
        var unused = Long.SIZE - 8 * count;
        return count == 0 ? 0 : number << unused >> unused;
    }

    /** A text of the length that the four bytes before it say. */
    String text() throws PickleException {
        var length = Integer.toUnsignedLong(int32());
        need(length);
        var text = bytes.slice().limit((int) length);
        bytes.position(bytes.position() + (int) length);
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(text).toString();
        } catch (CharacterCodingException e) {
            throw PickleException.broken("it has a text that is not UTF-8");
        }
    }

    /** A text that a line break ends. */
    String line() throws PickleException {
        var text = new StringBuilder();
        for (var c = uint8(); c != '\n'; c = uint8()) {
            if (text.length() == MAX_LINE) {
                throw PickleException.broken("it has a name of more than " + MAX_LINE + " characters");
            }
            text.append((char) c);
        }
        return text.toString();
    }
}
