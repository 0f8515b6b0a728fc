package karuta.engine.features;

import ai.djl.ndarray.NDArray;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import karuta.api.Input;
import karuta.api.PromptedInput;
import karuta.api.Query;
import karuta.files.Sha256;

/**
 * What a backbone is asked in a batch, exactly: the queries, and every insert with its kind, place, type, shape and bytes. Two
 * batches of one key are the same call of the same frozen model, and so have the same answers, bit for bit.
 *
 * <p>It is the batch as a whole that counts. A product of matrices rounds a row differently in a batch of another size, and a
 * row may be computed together with those that share an adapter; so the key holds also which inserts are one object.
 *
 * @param hash of all values
 * @param types of the records among them: of two bundles, classes of one name are two
 */
record BatchKey(String hash, List<Class<?>> types) {

    /** To hash more than this would take longer than what it saves. */
    private static final long MOST = 64L << 20;

    /**
     * The key of a batch.
     *
     * @param asked what the learner was given
     * @param batch what it made of that
     * @return empty if some insert is no value (a function, an object with a life of its own), if the learner has put something
     *     in the place of an input, or if the inserts are very large
     */
    static Optional<BatchKey> of(List<Input> asked, List<PromptedInput> batch) {
        var values = new Values();
        for (var i = 0; i < batch.size(); i++) {
            var sample = batch.get(i);
            if (sample.input() != asked.get(i)) { // what stands in its place may hold other features of the image
                return Optional.empty();
            }
            values.query(sample.input().query());
            if (!values.add(sample.input().trueTask()) || !values.add(sample.inserts())) {
                return Optional.empty();
            }
        }
        return Optional.of(new BatchKey(values.sha.hex(), List.copyOf(values.types)));
    }

    /** One after the other. */
    private static final class Values {

        private final Sha256 sha = new Sha256();
        private final List<Class<?>> types = new ArrayList<>();
        private final Map<Object, Integer> known = new IdentityHashMap<>();
        private long bytes;

        void query(Query query) {
            text("images " + query.images().size());
            query.images().forEach(image -> text(image.fingerprint()));
            text("turns " + query.earlier().size());
            query.earlier().forEach(turn -> {
                text(turn.question());
                text(turn.answer());
            });
            text(query.instruction());
        }

        /** Whether it is a value. */
        boolean add(Object object) {
            if (object instanceof NDArray array) {
                return isKnown(array) || array(array);
            }
            if (object instanceof Record value) {
                return isKnown(value) || fields(value);
            }
            if (object instanceof List<?> list) {
                text("list " + list.size());
                return list.stream().allMatch(this::add);
            }
            if (object instanceof Optional<?> optional) {
                text("optional " + optional.isPresent());
                return optional.stream().allMatch(this::add);
            }
            if (object instanceof Number || object instanceof Boolean || object instanceof String) {
                text(object.getClass().getName());
                text(object.toString());
                return true;
            }
            return false;
        }

        /** What has been added already is said by its number. */
        private boolean isKnown(Object object) {
            var number = known.putIfAbsent(object, known.size());
            text(number == null ? "new" : "number " + number);
            return number != null;
        }

        private boolean array(NDArray array) {
            text(array.getDataType() + " " + array.getShape());
            bytes += array.getShape().size() * array.getDataType().getNumOfBytes();
            if (bytes > MOST) {
                return false;
            }
            sha.add(array.toByteBuffer());
            return true;
        }

        /** A record is its components; what its class does with them is the same as long as it is the same class. */
        private boolean fields(Record value) {
            types.add(value.getClass());
            text("record");
            try {
                for (var component : value.getClass().getRecordComponents()) {
                    var field = value.getClass().getDeclaredField(component.getName());
                    field.setAccessible(true);
                    if (!add(field.get(value))) {
                        return false;
                    }
                }
                return true;
            } catch (ReflectiveOperationException | RuntimeException closed) { // its module does not let us look
                return false;
            }
        }

        private void text(String text) {
            var utf8 = text.getBytes(StandardCharsets.UTF_8);
            sha.add((utf8.length + " ").getBytes(StandardCharsets.UTF_8)).add(utf8);
        }
    }
}
