package karuta.serve.desk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import karuta.api.Query;
import karuta.serve.desk.Refusal.Why;
import karuta.serve.event.Asked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DeskTest {

    private final Parrot parrot = new Parrot("one");
    private final List<Asked> told = Collections.synchronizedList(new ArrayList<>());
    private Desk desk = new Desk(parrot, new Limits(8, 4, Duration.ofSeconds(20)), told::add);

    @AfterEach
    void close() {
        parrot.release();
        desk.close();
    }

    private static Question question(String words) {
        return new Question("id-" + words, "ada", new Query(Optional.empty(), words));
    }

    private CompletableFuture<Reply> ask(String words) {
        var asked = new CompletableFuture<Reply>();
        new Thread(() -> {
                    try {
                        asked.complete(desk.ask(question(words)));
                    } catch (RuntimeException failed) {
                        asked.completeExceptionally(failed);
                    }
                })
                .start();
        return asked;
    }

    private void awaitQueue(int size) throws InterruptedException {
        while (desk.queue() < size) {
            Thread.sleep(1);
        }
    }

    private static Why why(CompletableFuture<Reply> asked) {
        return ((Refusal) assertThrows(CompletionException.class, asked::join).getCause()).why();
    }

    @Test
    void whatWaitsWhileTheFirstIsAnsweredIsAnsweredTogetherAndEveryoneGetsTheirOwn() throws InterruptedException {
        parrot.hold();
        var first = ask("first");
        parrot.awaitAsked();
        var others = IntStream.range(0, 6).mapToObj(i -> ask("other" + i)).toList();
        awaitQueue(6);
        parrot.release();

        assertEquals("first 0", first.join().said().text());
        for (var i = 0; i < 6; i++) {
            assertEquals("other" + i + " 0", others.get(i).join().said().text());
        }
        assertEquals(List.of(1, 4, 2), parrot.batches());
        assertEquals(7, told.size());
        assertTrue(told.stream()
                .allMatch(event -> event.who().equals("ada") && event.revision().equals("one")));
    }

    @Test
    void whoComesWhenTheQueueIsFullIsToldSo() throws InterruptedException {
        parrot.hold();
        var first = ask("first");
        parrot.awaitAsked();
        var waiting = IntStream.range(0, 8).mapToObj(i -> ask("w" + i)).toList();
        awaitQueue(8);
        assertEquals(
                Why.BUSY,
                assertThrows(Refusal.class, () -> desk.ask(question("more"))).why());
        parrot.release();
        first.join();
        waiting.forEach(CompletableFuture::join);
    }

    @Test
    void aQuestionThatTakesTooLongIsGivenUpAndIsNotAskedLater() throws InterruptedException {
        desk.close();
        desk = new Desk(new Parrot("first"), new Limits(8, 4, Duration.ofMillis(500)), told::add);
        var slow = new Parrot("slow");
        slow.hold();
        desk.swap(slow);
        var held = ask("held");
        slow.awaitAsked();
        var late = ask("late");
        assertEquals(Why.LATE, why(held));
        assertEquals(Why.LATE, why(late));
        assertEquals(0, desk.queue());
        slow.release();
        assertEquals("now 0", desk.ask(question("now")).said().text());
        assertEquals(List.of(1, 1), slow.batches());
    }

    @Test
    void oneUnfitQuestionSpoilsNobodyElsesAnswer() throws InterruptedException {
        parrot.hold();
        var first = ask("first");
        parrot.awaitAsked();
        var good = ask("good");
        var unfit = ask(Parrot.UNFIT);
        var breaks = ask(Parrot.BREAKS);
        awaitQueue(3);
        parrot.release();
        first.join();
        assertEquals("good 0", good.join().said().text());
        assertEquals(Why.UNFIT, why(unfit));
        assertEquals(Why.FAILED, why(breaks));
        assertEquals("after 0", desk.ask(question("after")).said().text());
    }

    @Test
    void whatIsBeingAnsweredKeepsTheRevisionItBeganWithWhichIsClosedRightAfter() throws InterruptedException {
        parrot.hold();
        var first = ask("first");
        parrot.awaitAsked();
        var next = new Parrot("two");
        desk.swap(next);
        assertEquals(0, parrot.closed());
        var second = ask("second");
        parrot.release();
        assertEquals("one", first.join().revision());
        assertEquals("two", second.join().revision());
        assertEquals(1, parrot.closed());
        desk.close();
        assertEquals(List.of(1, 1), List.of(parrot.closed(), next.closed()));
    }

    @Test
    void amongFiftySwapsEveryQuestionIsAnsweredByOneOpenRevision() {
        var all = new ArrayList<>(List.of(parrot));
        var asking = IntStream.range(0, 4)
                .mapToObj(thread -> CompletableFuture.runAsync(() -> IntStream.range(0, 200)
                        .forEach(i -> assertEquals(
                                thread + "-" + i + " 0",
                                desk.ask(question(thread + "-" + i)).said().text()))))
                .toList();
        for (var i = 0; i < 50; i++) {
            var next = new Parrot("revision" + i);
            all.add(next);
            desk.swap(next);
            Thread.yield();
        }
        asking.forEach(CompletableFuture::join);
        desk.close();
        all.forEach(each -> assertEquals(1, each.closed(), each.revision()));
    }

    @Test
    void whoWaitsWhenItEndsIsAnsweredAndWhoComesLaterIsNot() throws InterruptedException {
        parrot.hold();
        var first = ask("first");
        parrot.awaitAsked();
        var waiting = ask("waiting");
        awaitQueue(1);
        var end = CompletableFuture.runAsync(desk::close);
        while (!desk.ending()) {
            Thread.sleep(1);
        }
        assertEquals(
                Why.ENDING,
                assertThrows(Refusal.class, () -> desk.ask(question("later"))).why());
        parrot.release();
        end.join();
        assertEquals("first 0", first.join().said().text());
        assertEquals("waiting 0", waiting.join().said().text());
        assertEquals(1, parrot.closed());
    }
}
