package karuta.lmm.pickle;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import karuta.lmm.pickle.TorchTensor.Storage;

/**
 * Reads the pickle of a dictionary of tensors (protocol 2, as {@code torch.save} writes it; Python's pickletools
 * documents the operations). Its values become texts, numbers, truth values, lists (of tuples), maps, {@link AllowedGlobals}
 * names, storages and tensors; all other operations are refused.
 */
final class TensorPickle {

    private static final int PROTOCOL = 2;
    private static final int MAX_STEPS = 2_000_000;
    private static final int MAX_KEY = 512;

    private enum Nothing {
        NONE
    }

    private final PickleInput in;
    private final PickleStack stack = new PickleStack();
    private final Map<Integer, Object> memo = new HashMap<>();

    private TensorPickle(byte[] pickle) {
        in = new PickleInput(pickle);
    }

    /** @throws PickleException if it is anything but a dictionary of tensors */
    static Map<String, TorchTensor> read(byte[] pickle) throws PickleException {
        var tensors = new LinkedHashMap<String, TorchTensor>();
        for (var entry : dictionary(new TensorPickle(pickle).run()).entrySet()) {
            if (!(entry.getValue() instanceof TorchTensor tensor)) {
                throw PickleException.foreign("its entry " + PickleException.shown(entry.getKey()) + " is no tensor");
            }
            tensors.put(entry.getKey(), tensor);
        }
        return tensors;
    }

    private Object run() throws PickleException {
        if (in.uint8() != 0x80 || in.uint8() != PROTOCOL) {
            throw PickleException.foreign("its pickle does not start with protocol " + PROTOCOL);
        }
        for (var steps = 0; steps < MAX_STEPS; steps++) {
            var operation = (char) in.uint8();
            if (operation == '.') {
                if (!in.atEnd()) {
                    throw PickleException.broken("something follows its pickle");
                }
                return stack.popLast();
            }
            step(operation);
        }
        throw PickleException.foreign("its pickle takes more than " + MAX_STEPS + " steps");
    }

    private void step(char operation) throws PickleException {
        switch (operation) {
            case '(' -> stack.mark();
            case '}' -> stack.push(new LinkedHashMap<String, Object>());
            case ')' -> stack.push(List.of());
            case 't' -> stack.push(stack.popMarked());
            case 0x85 -> stack.push(stack.pop(1));
            case 0x86 -> stack.push(stack.pop(2));
            case 0x87 -> stack.push(stack.pop(3));
            case 'N' -> stack.push(Nothing.NONE);
            case 0x88 -> stack.push(true);
            case 0x89 -> stack.push(false);
            case 'J' -> stack.push((long) in.int32());
            case 'K' -> stack.push((long) in.uint8());
            case 'M' -> stack.push((long) in.uint16());
            case 0x8A -> stack.push(in.signed());
            case 'X' -> stack.push(in.text());
            case 'q' -> memo.put(in.uint8(), stack.top());
            case 'r' -> memo.put(in.int32(), stack.top());
            case 'h' -> stack.push(remembered(in.uint8()));
            case 'j' -> stack.push(remembered(in.int32()));
            case 'c' -> stack.push(AllowedGlobals.of(in.line(), in.line()));
            case 'Q' -> stack.push(storage(as(List.class, stack.pop(), "a tuple")));
            case 'R' -> stack.push(called(as(List.class, stack.pop(), "a tuple"), stack.pop()));
            case 'b' -> build(dictionary(stack.pop()));
            case 's' -> put(stack.pop(2));
            case 'u' -> put(stack.popMarked());
            default ->
                throw PickleException.foreign(String.format(
                        Locale.ROOT, "its pickle has the operation 0x%02X, which tensors do not need", (int)
                                operation));
        }
    }

    private Object remembered(int place) throws PickleException {
        return Optional.ofNullable(memo.get(place))
                .orElseThrow(() -> PickleException.broken("its pickle remembers what it has not put down"));
    }

    /** What torch's persistent ids mean: ("storage", type, key, device, number of elements). */
    private static Storage storage(List<?> id) throws PickleException {
        if (id.size() != 5 || !"storage".equals(id.get(0))) {
            throw PickleException.foreign("it refers to something that is no storage");
        }
        var elements = as(Long.class, id.get(4), "a number of elements");
        if (elements < 0) {
            throw PickleException.broken("a storage has " + elements + " elements");
        }
        var type = as(AllowedGlobals.Elements.class, id.get(1), "a type of storage");
        return new Storage(type.dtype(), as(String.class, id.get(2), "the key of a storage"), elements);
    }

    private static Object called(List<?> arguments, Object name) throws PickleException {
        var function = as(AllowedGlobals.Function.class, name, "a function that tensors need");
        return switch (function) {
            case DICTIONARY -> {
                require(arguments.isEmpty(), "an OrderedDict");
                yield new LinkedHashMap<String, Object>();
            }
            case TENSOR -> {
                require(arguments.size() == 6, "a tensor"); // a seventh would negate or conjugate it
                var storage = as(Storage.class, arguments.get(0), "a storage");
                var offset = as(Long.class, arguments.get(1), "an offset");
                var view = StridedView.of(
                        offset, numbers(arguments.get(2)), numbers(arguments.get(3)), storage.elements());
                yield new TorchTensor(storage, view);
            }
            case PARAMETER -> {
                require(arguments.size() == 3, "a parameter");
                yield as(TorchTensor.class, arguments.get(0), "a tensor");
            }
        };
    }

    private static void require(boolean usual, String what) throws PickleException {
        if (!usual) {
            throw PickleException.foreign("it makes " + what + " in another way than torch.save does");
        }
    }

    private static List<Long> numbers(Object tuple) throws PickleException {
        var numbers = new ArrayList<Long>();
        for (var number : as(List.class, tuple, "a tuple of numbers")) {
            numbers.add(as(Long.class, number, "a number"));
        }
        return numbers;
    }

    /** A state dictionary's attribute with the versions of its modules, which says nothing about tensors. */
    private void build(Map<String, Object> attributes) throws PickleException {
        dictionary(stack.top());
        for (var name : attributes.keySet()) {
            if (!name.equals("_metadata")) {
                throw PickleException.foreign("it sets the attribute " + PickleException.shown(name));
            }
        }
    }

    private void put(List<Object> items) throws PickleException {
        var map = dictionary(stack.top());
        if (items.size() % 2 != 0) {
            throw PickleException.broken("it has a key without a value");
        }
        for (var i = 0; i < items.size(); i += 2) {
            var key = as(String.class, items.get(i), "a key of a dictionary, a text,");
            if (key.length() > MAX_KEY) {
                throw PickleException.foreign("it has a key of " + key.length() + " characters");
            }
            if (map.put(key, items.get(i + 1)) != null) {
                throw PickleException.broken("it has the key " + PickleException.shown(key) + " twice");
            }
        }
    }

    @SuppressWarnings("unchecked") // the only maps are those made here
    private static Map<String, Object> dictionary(Object value) throws PickleException {
        return as(Map.class, value, "a dictionary");
    }

    private static <T> T as(Class<T> type, Object value, String what) throws PickleException {
        if (!type.isInstance(value)) {
            throw PickleException.foreign("it has something else where " + what + " belongs");
        }
        return type.cast(value);
    }
}
