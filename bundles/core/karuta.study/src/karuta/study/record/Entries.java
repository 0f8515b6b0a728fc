package karuta.study.record;

import karuta.study.Figure;
import karuta.study.KarutaFactory;
import karuta.study.Note;

/** Makes the entries of a record that have a name. */
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
}
