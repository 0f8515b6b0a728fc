package karuta.serve.desk;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import karuta.api.KarutaException;
import karuta.api.Query;
import karuta.serve.event.Taken;
import karuta.serve.event.Tokens;

/** Answers with the question. It can be held up, and notes what it was asked together. */
public final class Parrot implements Answerer {

    /** A question with this word cannot be asked. */
    public static final String UNFIT = "unfit";

    /** At a question with this word the program fails. */
    public static final String BREAKS = "breaks";

    private final String revision;
    private final AtomicInteger closed = new AtomicInteger();
    private final List<Integer> batches = Collections.synchronizedList(new ArrayList<>());
    private volatile CountDownLatch gate = new CountDownLatch(0);
    private volatile CountDownLatch arrived = new CountDownLatch(1);
    private volatile boolean asking;

    public Parrot(String revision) {
        this.revision = revision;
    }

    /** From now on it waits before it answers. */
    public void hold() {
        gate = new CountDownLatch(1);
        arrived = new CountDownLatch(1);
    }

    /** Waits until it has been asked. */
    public void awaitAsked() throws InterruptedException {
        arrived.await();
    }

    /** Answers whatever waits. */
    public void release() {
        gate.countDown();
    }

    /** How many questions were asked together, each time. */
    public List<Integer> batches() {
        return List.copyOf(batches);
    }

    /** How often it was closed. */
    public int closed() {
        return closed.get();
    }

    @Override
    public String revision() {
        return revision;
    }

    @Override
    public List<Said> ask(List<Query> queries) {
        if (closed.get() > 0) {
            throw new IllegalStateException("asked after it was closed");
        }
        asking = true;
        batches.add(queries.size());
        arrived.countDown();
        try {
            gate.await();
        } catch (InterruptedException ended) {
            throw new IllegalStateException(ended);
        } finally {
            asking = false;
        }
        return queries.stream().map(this::said).toList();
    }

    private Said said(Query query) {
        if (query.instruction().contains(UNFIT)) {
            throw new KarutaException("This question is unfit.", "Ask another one.");
        }
        if (query.instruction().contains(BREAKS)) {
            throw new IllegalStateException("secret.internals.of(/etc/passwd)");
        }
        var cards = List.of(new Taken("birds", Optional.of("birds"), 0.75));
        var next = Optional.of(new Taken("cats", Optional.of("cats"), 0.5));
        return new Said(query.instruction() + " " + query.images().size(), cards, next, false, new Tokens(7, 2));
    }

    @Override
    public void close() {
        if (asking) {
            throw new IllegalStateException("closed while it is asked");
        }
        closed.incrementAndGet();
    }
}
