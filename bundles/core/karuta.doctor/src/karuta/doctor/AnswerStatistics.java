package karuta.doctor;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import karuta.doctor.DataReport.Answers;
import karuta.doctor.DataReport.Common;

/** What is answered, counted. Of answers that are given once nothing but their hash is kept. */
final class AnswerStatistics {

    private static final int SHOWN = 60;
    private static final int COMMON = 5;
    private static final int LONGEST = 4096;

    private final LongMap counts = new LongMap();
    private final Map<Long, String> repeated = new HashMap<>();
    private final long[] lengths = new long[LONGEST + 1]; // by words
    private String first = "";
    private long count;

    void add(String answer) {
        if (count == 0) {
            first = shown(answer);
        }
        count++;
        var hash = Hash.of(answer);
        if (counts.increment(hash) == 2) {
            repeated.put(hash, shown(answer));
        }
        var words = answer.isBlank() ? 0 : answer.strip().split("\\s+").length;
        lengths[Math.min(words, LONGEST)]++;
    }

    private static String shown(String answer) {
        var line = answer.replaceAll("\\p{Cntrl}", " ");
        return line.length() <= SHOWN ? line : line.substring(0, SHOWN - 1) + "…";
    }

    Answers answers() {
        var common = repeated.entrySet().stream()
                .map(answer -> new Common(
                        answer.getValue(), counts.get(answer.getKey()).orElseThrow()))
                .sorted(Comparator.comparingLong(Common::count).reversed().thenComparing(Common::answer))
                .limit(COMMON)
                .toList();
        if (common.isEmpty() && count > 0) {
            common = List.of(new Common(first, 1));
        }
        return new Answers(
                count,
                counts.size(),
                common.isEmpty() ? "" : common.get(0).answer(),
                common.isEmpty() ? 0 : (double) common.get(0).count() / count,
                middle(),
                longest(),
                common);
    }

    private int middle() {
        var left = (count + 1) / 2;
        var words = 0;
        for (left -= lengths[0]; left > 0; left -= lengths[words]) {
            words++;
        }
        return words;
    }

    private int longest() {
        var words = LONGEST;
        while (words > 0 && lengths[words] == 0) {
            words--;
        }
        return words;
    }
}
