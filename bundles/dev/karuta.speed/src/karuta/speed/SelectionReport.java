package karuta.speed;

import java.util.List;

/**
 * How long it takes to choose cards.
 *
 * @param rows by the number of cards
 * @param answer seconds that the embedded small model takes to generate an answer, in batches of as many samples
 */
public record SelectionReport(List<Row> rows, double answer) {

    /** Copies the list. */
    public SelectionReport {
        rows = List.copyOf(rows);
    }

    /**
     * Seconds per sample.
     *
     * @param cards to choose among
     * @param selection from the guidance of a batch to its chosen cards
     * @param products the two matrix products of guidance and keys alone
     */
    public record Row(int cards, double selection, double products) {}
}
