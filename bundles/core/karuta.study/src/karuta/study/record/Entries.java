package karuta.study.record;

import java.util.List;
import java.util.Optional;
import karuta.study.Figure;
import karuta.study.KarutaFactory;
import karuta.study.Note;

/** The entries of a record that have a name. */
public final class Entries {

    private Entries() {}

    /** A number under a name. */
    public static Figure figure(String name, double value) {
        var figure = KarutaFactory.eINSTANCE.createFigure();
        figure.setName(name);
        figure.setValue(value);
        return figure;
    }

    /** A text under a name. */
    public static Note note(String name, String text) {
        var note = KarutaFactory.eINSTANCE.createNote();
        note.setName(name);
        note.setText(text);
        return note;
    }

    /** The text under a name, of the first note that has it. */
    public static Optional<String> text(List<Note> notes, String name) {
        return notes.stream()
                .filter(note -> note.getName().equals(name))
                .map(Note::getText)
                .findFirst();
    }
}
