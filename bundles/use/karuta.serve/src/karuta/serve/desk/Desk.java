package karuta.serve.desk;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import karuta.api.KarutaException;
import karuta.serve.desk.Answerer.Said;
import karuta.serve.desk.Refusal.Why;
import karuta.serve.event.Asked;
import karuta.serve.event.Watcher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where questions wait. One thread takes as many as wait, up to a batch, and asks the pool; so a pool that is busy answers more
 * at a time, and one that is not lets nobody wait for company. The pool can be another from one batch to the next: every question
 * is answered by one revision, and the reply names it.
 */
public final class Desk implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Desk.class);

    private record Waiting(Question question, Instant when, long since, CompletableFuture<Reply> reply) {

        double seconds() {
            return (System.nanoTime() - since) / 1e9;
        }
    }

    private final Limits limits;
    private final Watcher watcher;
    private final Thread worker = new Thread(this::work, "karuta desk");

    /** Guarded by this. */
    private final Deque<Waiting> waiting = new ArrayDeque<>();

    /** Guarded by this. */
    private Answerer current;

    /** Those that have given way and are closed when no batch is theirs any more; guarded by this. */
    private final List<Answerer> leaving = new ArrayList<>();

    /** Guarded by this. */
    private boolean ending;

    /**
     * Opens the desk.
     *
     * @param first who answers; closed by the desk
     * @param watcher is told of every answer
     */
    public Desk(Answerer first, Limits limits, Watcher watcher) {
        this.current = first;
        this.limits = limits;
        this.watcher = watcher;
        worker.start();
    }

    /** How much it takes on. */
    public Limits limits() {
        return limits;
    }

    /** Which revision answers now. */
    public synchronized String revision() {
        return current.revision();
    }

    /** Whether it takes no questions any more. */
    public synchronized boolean ending() {
        return ending;
    }

    /** How many questions wait. */
    public synchronized int queue() {
        return waiting.size();
    }

    /**
     * Asks, and waits for the answer.
     *
     * @throws Refusal if there is none
     */
    public Reply ask(Question question) {
        var own = new Waiting(question, Instant.now(), System.nanoTime(), new CompletableFuture<>());
        enqueue(own);
        try {
            return own.reply().get(limits.patience().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            throw late(own);
        } catch (InterruptedException stopped) {
            withdraw(own);
            Thread.currentThread().interrupt();
            throw tooLate();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof Refusal refusal) {
                throw refusal;
            }
            throw new IllegalStateException(failed.getCause());
        }
    }

    private synchronized void enqueue(Waiting own) {
        if (ending) {
            throw tooLate();
        }
        if (waiting.size() >= limits.queue()) {
            throw new Refusal(Why.BUSY, waiting.size() + " questions wait already. Ask again in a moment.");
        }
        waiting.addLast(own);
        notifyAll();
    }

    private static Refusal tooLate() {
        return new Refusal(Why.ENDING, "The service is about to end.");
    }

    private Refusal late(Waiting own) {
        withdraw(own);
        return new Refusal(
                Why.LATE, "There was no answer within " + limits.patience().toSeconds() + " s.");
    }

    private synchronized void withdraw(Waiting own) {
        waiting.remove(own);
        own.reply().cancel(false);
    }

    /**
     * From the next batch on another one answers. The one before is closed when the batch that it is at has ended.
     *
     * @param next closed by the desk
     */
    public synchronized void swap(Answerer next) {
        if (ending) {
            next.close();
            return;
        }
        leaving.add(current);
        current = next;
        notifyAll();
    }

    /** Takes no questions any more, answers those that wait, and closes who answered. */
    @Override
    public void close() {
        synchronized (this) {
            ending = true;
            notifyAll();
        }
        try {
            worker.join();
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
        }
    }

    private void work() {
        for (var turn = next(); ; turn = next()) {
            turn.leaving().forEach(Desk::close);
            if (turn.last()) {
                return;
            }
            if (!turn.batch().isEmpty()) {
                answer(turn.answerer(), turn.batch());
            }
        }
    }

    private record Turn(List<Answerer> leaving, boolean last, Answerer answerer, List<Waiting> batch) {}

    /** Waits until there is something to do. */
    private synchronized Turn next() {
        while (waiting.isEmpty() && leaving.isEmpty() && !ending) {
            try {
                wait();
            } catch (InterruptedException nobodyDoes) {
                ending = true;
            }
        }
        var last = waiting.isEmpty() && ending;
        var gone = new ArrayList<>(leaving);
        leaving.clear();
        if (last) {
            gone.add(current);
        }
        return new Turn(gone, last, current, take());
    }

    private static void close(Answerer old) {
        try {
            old.close();
        } catch (RuntimeException failed) {
            log.warn("revision {} was not closed properly", old.revision(), failed);
        }
    }

    private List<Waiting> take() {
        var batch = new ArrayList<Waiting>();
        while (batch.size() < limits.batch() && !waiting.isEmpty()) {
            batch.add(waiting.removeFirst());
        }
        return batch;
    }

    /** One question that cannot be asked spoils nobody else's answer: where a batch fails, each is asked alone. */
    private void answer(Answerer answerer, List<Waiting> batch) {
        try {
            var said = answerer.ask(
                    batch.stream().map(each -> each.question().query()).toList());
            for (var i = 0; i < batch.size(); i++) {
                tell(answerer, batch.get(i), said.get(i), batch.size());
            }
        } catch (RuntimeException | Error failed) {
            if (batch.size() > 1) {
                batch.forEach(alone -> answer(answerer, List.of(alone)));
            } else {
                batch.get(0).reply().completeExceptionally(refusal(batch.get(0).question(), failed));
            }
        }
    }

    private static Refusal refusal(Question question, Throwable failed) {
        if (failed instanceof KarutaException unfit) {
            return new Refusal(Why.UNFIT, String.valueOf(unfit.getMessage()));
        }
        log.error("{} was not answered", question.id(), failed);
        return new Refusal(Why.FAILED, "The service failed at this question. Its log says why.");
    }

    private void tell(Answerer answerer, Waiting asked, Said said, int batch) {
        var question = asked.question();
        var reply = new Reply(question.id(), said, answerer.revision(), batch, asked.seconds());
        var event = new Asked(
                question.id(),
                asked.when(),
                said.cards(),
                said.runnerUp(),
                said.abstained(),
                reply.seconds(),
                batch,
                reply.revision(),
                question.who(),
                said.tokens(),
                question.query(),
                said.text());
        if (!asked.reply().isDone()) { // whoever has the answer finds it in the log
            watcher.asked(event);
            asked.reply().complete(reply);
        }
    }
}
