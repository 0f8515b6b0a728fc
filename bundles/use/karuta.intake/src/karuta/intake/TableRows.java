package karuta.intake;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import karuta.api.KarutaException;
import karuta.csv.Csv;

/**
 * The rows of a table with headings.
 *
 * @param text it is in
 * @param said which column is what; the rest is guessed
 */
record TableRows(TextFile text, Map<Role, String> said) implements Rows {

    /** What a cell may have; a question or an answer of a million characters is none, but a quotation mark without an end. */
    private static final int LONGEST = 1 << 20;

    @Override
    public void each(Sink sink) {
        var headings = new ArrayList<String>();
        var columns = new ArrayList<Columns>();
        text.read(lines -> {
            try {
                new Csv(false).each(lines, row -> {
                    if (headings.isEmpty()) {
                        headings.addAll(row.cells());
                        columns.add(Columns.of(headings, said, text.file() + ", line " + row.number()));
                        sink.note(text.file() + ": " + columns.get(0).words() + ".");
                    } else {
                        take(headings, columns.get(0), row, sink);
                    }
                    return true;
                });
            } catch (Csv.Broken broken) {
                throw new KarutaException(
                        text.file() + ":" + broken.line() + ": " + broken.getMessage()
                                + ", so that nobody can tell where the rows after it begin.",
                        "Close it, or write it twice where it is part of a text.",
                        broken);
            }
        });
        if (headings.isEmpty()) {
            throw new KarutaException(text.file() + " is empty.", "Give a table: headings, then rows.");
        }
    }

    private void take(List<String> headings, Columns columns, Csv.Row row, Sink sink) {
        var where = text.file() + ":" + row.number();
        if (row.cells().size() != headings.size()) {
            sink.leave(
                    Reason.BROKEN,
                    where + " has " + row.cells().size() + " cells, but there are " + headings.size() + " headings.");
        } else if (row.cells().stream().anyMatch(cell -> cell.length() > LONGEST)) {
            sink.leave(Reason.BROKEN, where + " has a cell of more than " + LONGEST + " characters.");
        } else {
            var object = new JsonObject();
            for (var i = 0; i < headings.size(); i++) {
                object.addProperty(headings.get(i), row.cells().get(i));
            }
            sink.row(columns.row(object), where);
        }
    }
}
