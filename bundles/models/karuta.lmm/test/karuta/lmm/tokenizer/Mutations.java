package karuta.lmm.tokenizer;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Makes broken and hostile JSON files out of good ones: bytes are cut off and flipped, values and keys changed. */
public final class Mutations {

    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "false",
            "0",
            "1",
            "-1",
            "0.5",
            "1e308",
            "1e999",
            "-0",
            "2147483648",
            "4294967296",
            "18446744073709551616",
            "\"\"",
            "\" \"",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "\"😀\"",
            "\"▁\"",
            "\"<s>\"",
            "[]",
            "{}",
            "[[]]",
            "[1]",
            "[\"a\", \"b\"]",
            "[\"a\", 1]",
            "{\"String\": \"\"}",
            "{\"String\": \"a\"}",
            "{\"Regex\": \"\"}",
            "{\"Regex\": \"(\"}",
            "{\"Regex\": \"(a+)+$\"}",
            "{\"Regex\": \"\\\\1\"}",
            "{\"Regex\": \"(?<n>a|b\\\\g<n>c)\"}",
            "{\"Regex\": \"a*a*a*b\"}",
            "{\"Regex\": \"x?\"}",
            "{\"Regex\": \"(?=)\"}",
            "{\"Regex\": \"\\\\p{Nothing}\"}");

    /** What may stand in each of these lists, more or less. */
    private static final Map<String, List<String>> STEPS = Map.ofEntries(
            Map.entry(
                    "normalizer",
                    List.of(
                            "{\"type\": \"NFC\"}",
                            "{\"type\": \"NFKD\"}",
                            "{\"type\": \"Nmt\"}",
                            "{\"type\": \"StripAccents\"}",
                            "{\"type\": \"Lowercase\"}",
                            "{\"type\": \"Prepend\", \"prepend\": \"\"}",
                            "{\"type\": \"Prepend\", \"prepend\": \"ab\"}",
                            "{\"type\": \"Replace\", \"pattern\": {\"String\": \"a\"}, \"content\": \"\"}",
                            "{\"type\": \"Replace\", \"pattern\": {\"Regex\": \".\"}, \"content\": \"\"}",
                            "{\"type\": \"Replace\", \"pattern\": {\"Regex\": \"\\\\s*\"}, \"content\": \"xx\"}",
                            "{\"type\": \"Replace\", \"pattern\": {\"Regex\": \"^\"}, \"content\": \"x\"}",
                            "{\"type\": \"BertNormalizer\", \"clean_text\": true, \"handle_chinese_chars\": true, \"lowercase\": true}",
                            "{\"type\": \"Precompiled\", \"precompiled_charsmap\": \"AAAA\"}",
                            "{\"type\": \"Precompiled\", \"precompiled_charsmap\": \"AAQAAAAAAAAAAAAA\"}",
                            "{\"type\": \"Strip\", \"strip_left\": true, \"strip_right\": true}",
                            "{\"type\": \"ByteLevel\"}",
                            "{\"type\": \"Sequence\"}",
                            "{\"type\": \"Unheard\"}")),
            Map.entry(
                    "pre_tokenizer",
                    List.of(
                            "{\"type\": \"FixedLength\", \"length\": 0}",
                            "{\"type\": \"FixedLength\", \"length\": 2}",
                            "{\"type\": \"Metaspace\", \"replacement\": \"a\"}",
                            "{\"type\": \"Metaspace\", \"replacement\": \"\"}",
                            "{\"type\": \"UnicodeScripts\"}",
                            "{\"type\": \"Whitespace\"}",
                            "{\"type\": \"BertPreTokenizer\"}",
                            "{\"type\": \"Digits\", \"individual_digits\": false}",
                            "{\"type\": \"Punctuation\", \"behavior\": \"Contiguous\"}",
                            "{\"type\": \"Punctuation\", \"behavior\": \"MergedWithPrevious\"}",
                            "{\"type\": \"CharDelimiterSplit\", \"delimiter\": \"a\"}",
                            "{\"type\": \"Split\", \"pattern\": {\"Regex\": \"\\\\b\"}, \"behavior\": \"Isolated\", \"invert\": false}",
                            "{\"type\": \"Split\", \"pattern\": {\"Regex\": \"a*\"}, \"behavior\": \"MergedWithNext\", \"invert\": true}",
                            "{\"type\": \"Split\", \"pattern\": {\"String\": \"e\"}, \"behavior\": \"Removed\", \"invert\": true}",
                            "{\"type\": \"ByteLevel\", \"add_prefix_space\": true, \"trim_offsets\": true}",
                            "{\"type\": \"Sequence\"}",
                            "{\"type\": \"Unheard\"}")),
            Map.entry(
                    "decoder",
                    List.of(
                            "{\"type\": \"Replace\", \"pattern\": {\"String\": \"a\"}, \"content\": \"\"}",
                            "{\"type\": \"Replace\", \"pattern\": {\"Regex\": \".\"}, \"content\": \"\"}",
                            "{\"type\": \"Replace\", \"pattern\": {\"Regex\": \"\\\\s*\"}, \"content\": \"xx\"}",
                            "{\"type\": \"Replace\", \"pattern\": {\"Regex\": \"^\"}, \"content\": \"x\"}",
                            "{\"type\": \"Metaspace\", \"replacement\": \"a\"}",
                            "{\"type\": \"Metaspace\", \"replacement\": \"\"}",
                            "{\"type\": \"BPEDecoder\", \"suffix\": \"\"}",
                            "{\"type\": \"WordPiece\", \"prefix\": \"\", \"cleanup\": true}",
                            "{\"type\": \"CTC\", \"pad_token\": \"\", \"word_delimiter_token\": \"\", \"cleanup\": true}",
                            "{\"type\": \"Fuse\"}",
                            "{\"type\": \"ByteFallback\"}",
                            "{\"type\": \"Strip\", \"content\": \"a\", \"start\": 3, \"stop\": 0}",
                            "{\"type\": \"Strip\", \"content\": \" \", \"start\": 0, \"stop\": 3}",
                            "{\"type\": \"ByteLevel\", \"add_prefix_space\": true, \"trim_offsets\": true}",
                            "{\"type\": \"Sequence\"}",
                            "{\"type\": \"Unheard\"}")));

    private static final Map<String, String> LISTS =
            Map.of("normalizer", "normalizers", "pre_tokenizer", "pretokenizers", "decoder", "decoders");

    private final byte[] good;
    private final JsonObject tree;
    private final Random random;

    /** @param random what all depends on */
    public Mutations(byte[] good, Random random) {
        this.good = good;
        this.tree =
                JsonParser.parseString(new String(good, StandardCharsets.UTF_8)).getAsJsonObject();
        this.random = random;
    }

    /** The next file. */
    public byte[] next() {
        return switch (random.nextInt(12)) {
            case 0 -> Arrays.copyOf(good, random.nextInt(good.length));
            case 1 -> flipped();
            case 2 -> stretched();
            case 3, 4, 5, 6 -> rebuilt();
            default -> changed();
        };
    }

    private byte[] flipped() {
        var bytes = good.clone();
        for (var i = random.nextInt(3); i >= 0; i--) {
            bytes[random.nextInt(bytes.length)] =
                    (byte) (random.nextBoolean() ? random.nextInt(256) : " \"{}[],:0\\".charAt(random.nextInt(10)));
        }
        return bytes;
    }

    /** A piece of the file is there twice, or missing. */
    private byte[] stretched() {
        var from = random.nextInt(good.length);
        var to = Math.min(good.length, from + 1 + random.nextInt(40));
        var text = new String(good, StandardCharsets.ISO_8859_1);
        var middle = random.nextBoolean() ? "" : text.substring(from, to).repeat(2);
        return (text.substring(0, from) + middle + text.substring(to)).getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Some steps of a tokenizer are others; nothing happens to other files. */
    private byte[] rebuilt() {
        var copy = tree.deepCopy();
        new TreeMap<>(LISTS).forEach((key, list) -> {
            if (copy.has(key) && random.nextBoolean()) {
                var steps = new JsonArray();
                for (var i = random.nextInt(3); i >= 0; i--) {
                    steps.add(step(key));
                }
                var sequence = new JsonObject();
                sequence.addProperty("type", "Sequence");
                sequence.add(list, steps);
                copy.add(key, sequence);
            }
        });
        return copy.toString().getBytes(StandardCharsets.UTF_8);
    }

    private byte[] changed() {
        var copy = tree.deepCopy();
        for (var i = random.nextInt(3); i >= 0; i--) {
            change(copy);
        }
        return copy.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void change(JsonObject copy) {
        var places = new ArrayList<JsonElement>();
        collect(copy, places, 0);
        var place = places.get(random.nextInt(places.size()));
        if (place instanceof JsonObject object) {
            change(object, new ArrayList<>(object.keySet()));
        } else {
            change(place.getAsJsonArray());
        }
    }

    private void change(JsonObject object, List<String> keys) {
        var key = keys.isEmpty() ? "x" : keys.get(random.nextInt(keys.size()));
        switch (random.nextInt(6)) {
            case 0 -> object.remove(key);
            case 1 -> {
                var value = object.has(key) ? object.remove(key) : JsonNull.INSTANCE;
                object.add(key.isEmpty() || random.nextBoolean() ? key + "x" : key.substring(1), value);
            }
            case 2 -> object.add(key, step());
            default -> object.add(key, value(object.get(key)));
        }
    }

    private void change(JsonArray list) {
        var at = list.isEmpty() ? 0 : random.nextInt(list.size());
        switch (random.nextInt(list.isEmpty() ? 2 : 5)) {
            case 0 -> list.add(step());
            case 1 -> list.add(value(JsonNull.INSTANCE));
            case 2 -> list.remove(at);
            case 3 -> list.add(list.get(at).deepCopy());
            default -> list.set(at, value(list.get(at)));
        }
    }

    private JsonElement step() {
        var kinds = List.copyOf(new TreeMap<>(LISTS).keySet());
        return step(kinds.get(random.nextInt(kinds.size())));
    }

    private JsonElement step(String kind) {
        var steps = STEPS.get(kind);
        return JsonParser.parseString(steps.get(random.nextInt(steps.size())));
    }

    /** Something else: near what it was, or anything. */
    private JsonElement value(JsonElement old) {
        if (old instanceof JsonPrimitive primitive && random.nextBoolean()) {
            if (primitive.isBoolean()) {
                return new JsonPrimitive(!primitive.getAsBoolean());
            }
            if (primitive.isString()) {
                var text = primitive.getAsString();
                return new JsonPrimitive(random.nextBoolean() ? text + text : text.substring(text.length() / 2));
            }
            return new JsonPrimitive(primitive.getAsDouble() + 1);
        }
        return JsonParser.parseString(VALUES.get(random.nextInt(VALUES.size())));
    }

    /** Large objects and lists, such as vocabularies, are one place among the others. */
    private static void collect(JsonElement element, List<JsonElement> places, int depth) {
        if (element instanceof JsonObject object) {
            places.add(object);
            object.entrySet().stream().limit(30).forEach(entry -> collect(entry.getValue(), places, depth + 1));
        } else if (element instanceof JsonArray list) {
            places.add(list);
            list.asList().stream().limit(8).forEach(inner -> collect(inner, places, depth + 1));
        }
    }
}
