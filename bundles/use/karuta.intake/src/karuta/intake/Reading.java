package karuta.intake;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import karuta.api.KarutaException;
import karuta.intake.Intake.Watch;
import karuta.picture.ImageFiles;
import karuta.samples.Entry;
import karuta.samples.EntryReader;
import karuta.samples.ImageRoot;
import karuta.samples.Shape;

/** Reads the samples of one source. */
final class Reading implements Rows.Sink {

    private final Source source;
    private final IntakeRequest request;
    private final TaskNames names;
    private final LeftOut left;
    private final Watch watch;
    private final Shape shape;
    private final EntryReader reader;
    private final ImageRoot root;
    private final Optional<String> question;
    private final List<Draft> drafts = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private int dropped;
    private int unnamed;
    private int asked;

    Reading(Source source, IntakeRequest request, TaskNames names, LeftOut left, Watch watch) {
        this.source = source;
        this.request = request;
        this.names = names;
        this.left = left;
        this.watch = watch;
        shape = source.shape().droppingSystem(request.dropSystem());
        reader = new EntryReader(shape);
        root = new ImageRoot(List.of(request.images().orElse(source.folder())), request.outside(), ImageFiles.STORED);
        question = source.question(request.question());
    }

    List<Draft> drafts() {
        source.rows(request).each(this);
        return drafts;
    }

    /** How the source was understood, once it is read. */
    List<String> notes() {
        var own = new ArrayList<String>();
        own.add(source.path() + " is read as " + source.form().words() + ".");
        own.addAll(notes);
        if (unnamed > 0 && request.task().isEmpty()) {
            own.add(of(unnamed) + "of the task \"" + source.name()
                    + "\", as their source is called; --task names another.");
        }
        if (asked > 0 && request.question().isEmpty()) {
            own.add(of(asked) + "asked \"" + question.orElseThrow() + "\"; --question asks otherwise.");
        }
        if (dropped > 0) {
            own.add(of(dropped) + "without the turn before their first question.");
        }
        return own;
    }

    private String of(int count) {
        return source.path() + ": " + count + (count == 1 ? " sample is " : " samples are ");
    }

    @Override
    public void note(String what) {
        notes.add(what);
    }

    @Override
    public void leave(Reason reason, String what) {
        left.add(reason, what);
    }

    @Override
    public void row(JsonObject sample, String where) {
        watch.at("sample", reader.number(), 0);
        if (!sample.has(shape.dialogue().key()) && !complete(sample, where)) {
            return;
        }
        try {
            take(reader.read(sample, where), where);
        } catch (KarutaException broken) {
            left.add(Reason.BROKEN, Draft.first(broken));
        }
    }

    /** Whether a sample without a conversation has a question and an answer, be it the question of all. */
    private boolean complete(JsonObject sample, String where) {
        if (!isThere(sample, shape.question())) {
            if (question.isEmpty()) {
                left.add(Reason.NO_QUESTION, where + " has no question.");
                return false;
            }
            sample.addProperty(shape.question().get(0), question.get());
            asked++;
        }
        if (!isThere(sample, shape.answer())) {
            left.add(Reason.NO_ANSWER, where + " has no answer.");
            return false;
        }
        return true;
    }

    private static boolean isThere(JsonObject sample, List<String> keys) {
        return keys.stream().anyMatch(key -> sample.has(key) && !Columns.isEmpty(sample.get(key)));
    }

    private void take(Entry entry, String where) {
        var blank = entry.turns().stream().anyMatch(turn -> turn.question().isBlank());
        if (blank
                || entry.turns().stream()
                        .flatMap(turn -> turn.answers().stream())
                        .anyMatch(String::isBlank)) {
            left.add(
                    blank ? Reason.NO_QUESTION : Reason.NO_ANSWER,
                    where + " has an empty " + (blank ? "question." : "answer."));
            return;
        }
        dropped += entry.oddities().contains(Entry.Oddity.TURN_DROPPED) ? 1 : 0;
        var said = entry.fields().getOrDefault("task", List.of()).stream().findFirst();
        unnamed += said.isEmpty() ? 1 : 0;
        try {
            var task = names.folder(said.or(request::task).orElse(source.name()));
            drafts.add(new Draft(task, entry, root, where));
        } catch (KarutaException unfit) {
            left.add(Reason.TASK, where + ": " + Draft.first(unfit));
        }
    }
}
