package karuta.use.care;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import karuta.api.Card;
import karuta.api.Insert;
import karuta.api.KarutaException;
import karuta.api.Query;
import karuta.api.Sample;
import karuta.archive.git.Author;
import karuta.archive.git.PoolRepository;
import karuta.archive.pool.CardName;
import karuta.archive.pool.CardRecord;
import karuta.archive.pool.CardStates;
import karuta.archive.pool.Packing;
import karuta.archive.pool.Pinned;
import karuta.archive.pool.Policy;
import karuta.archive.pool.PoolFiles;
import karuta.archive.pool.PoolManifest;
import karuta.archive.pool.Source;
import karuta.archive.pool.Transfer;
import karuta.files.Sha256;
import karuta.safetensors.SealedStates;
import karuta.safetensors.SealedTensors;
import karuta.study.record.RunFolder;
import karuta.tensor.CardState;
import karuta.tensor.Tensors;
import karuta.tensor.TorchEngine;
import karuta.use.ask.OwnFeatures;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cards that leave a pool, go into another one, or become one. */
class CardsElsewhereTest {

    private static final Author ADA = new Author("Ada", "ada@example.org");
    private static final PoolManifest MANIFEST = new PoolManifest(
            PoolManifest.FORM,
            "0.2.0",
            new Pinned("tiny", "ab12"),
            new Pinned("tiny", "cd34"),
            Policy.REFUSE,
            "study: team\n");

    @TempDir
    private Path place;

    private PoolRepository pool;

    @BeforeEach
    void begin() {
        TorchEngine.start();
        pool = pool("team.pool", MANIFEST, "plants", "machines");
    }

    @AfterEach
    void close() {
        pool.close();
    }

    private PoolRepository pool(String name, PoolManifest manifest, String... tasks) {
        var made = PoolRepository.create(place.resolve(name));
        made.commit(PoolFiles.begun(manifest), ADA, Instant.EPOCH, "begins");
        var states = split(tasks);
        var change = files(made).withState(states.rest());
        for (var i = 0; i < tasks.length; i++) {
            var tensors = states.cards().get(i).tensors();
            change = change.and(files(made).with(record(tasks[i], i, tensors), tensors));
        }
        made.commit(change, ADA, Instant.EPOCH, "learns");
        return made;
    }

    private static CardRecord record(String task, int number, byte[] tensors) {
        return new CardRecord(
                task,
                number,
                ADA.toString(),
                Instant.EPOCH,
                new Source("data", "00", 8, 2),
                Map.of(),
                Map.of(),
                Map.of(task, 90.0),
                new Sha256().add(tensors).hex());
    }

    private static CardStates split(String... tasks) {
        try (var manager = NDManager.newBaseManager()) {
            var cards = List.of(tasks).stream()
                    .map(task -> {
                        var seed = task.hashCode() % 100;
                        var key = Tensors.of(manager, new float[] {seed, 1, 2}, new Shape(1, 3));
                        var prompt = Tensors.of(manager, new float[] {seed, 3, 4, 5}, new Shape(2, 2));
                        return new Card(
                                task,
                                Optional.of(task),
                                false,
                                Map.of("image", key),
                                List.of(new Insert.Tokens(prompt)));
                    })
                    .toList();
            return CardStates.split(Map.of("pool", CardState.write(cards)));
        }
    }

    private static PoolFiles files(PoolRepository pool) {
        return new PoolFiles(pool.head().orElseThrow());
    }

    private static List<CardName> names(PoolFiles files) {
        return files.cards().stream().map(CardRecord::name).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"cards", "cards.zip"})
    void whatIsExportedIsAPoolAgain(String target) {
        var files = files(pool);
        PoolExport.of(files, names(files)).write(place.resolve(target));
        try (var source = CardSource.of(place.resolve(target))) {
            var read = files(source.pool());
            read.verify();
            assertEquals(files.cards(), read.cards());
            assertEquals(files.manifest(), read.manifest());
            files.cards().forEach(card -> assertArrayEquals(files.tensors(card), read.tensors(card)));
        }
    }

    @Test
    void anExportIsTheCheckpointThatItsCardsCameFrom() throws IOException {
        var files = files(pool);
        PoolExport.of(files, names(files)).write(place.resolve("cards"));
        var checkpoint =
                new RunFolder(place.resolve("cards")).newestCheckpoint().orElseThrow();
        try (var manager = NDManager.newBaseManager();
                var tensors = SealedTensors.of(checkpoint, Files.readAllBytes(checkpoint))) {
            var states = SealedStates.read(tensors, manager);
            var again = CardStates.split(states);
            assertEquals(
                    List.of("plants", "machines"),
                    again.cards().stream().map(CardStates.Part::id).toList());
            assertArrayEquals(
                    files.tensors(files.cards().get(1)), again.cards().get(1).tensors());
        }
    }

    @Test
    void whatNoExportHoldsIsRefused() throws IOException {
        var zip = place.resolve("evil.zip");
        try (var out = new ZipOutputStream(Files.newOutputStream(zip))) {
            out.putNextEntry(new ZipEntry("../evil.json"));
            out.write(1);
        }
        assertTrue(refusal(() -> PoolExport.read(zip)).contains("../evil.json"));
        Files.writeString(place.resolve("none.zip"), "no zip");
        assertTrue(refusal(() -> CardSource.of(place.resolve("none.zip"))).contains("no files of a pool"));
        assertTrue(refusal(() -> CardSource.of(place.resolve("nowhere"))).contains("is not there"));
    }

    @Test
    void cardsStandBehindThoseThatAreThere() {
        try (var other = pool("other.pool", MANIFEST, "plants", "birds")) {
            var transfer = Transfer.of(files(other), names(files(other)), files(pool));
            assertEquals(List.of(new CardName("birds")), transfer.taken());
            assertEquals(List.of(new CardName("plants")), transfer.there());
            pool.commit(transfer.change(), ADA, Instant.EPOCH, "takes over");
            files(pool).verify();
            assertEquals(
                    List.of("plants", "machines", "birds"),
                    files(pool).cards().stream().map(CardRecord::task).toList());
        }
    }

    @Test
    void anotherCardOfTheNameAndAnotherEncoderAreRefused() {
        try (var other = pool("other.pool", MANIFEST, "plants");
                var clip = pool("clip.pool", MANIFEST.with(new Pinned("clip", "ef"), "study: team\n"), "birds")) {
            var relearned = split("birds").cards().get(0).tensors();
            other.commit(files(other).with(record("plants", 0, relearned), relearned), ADA, Instant.EPOCH, "again");
            var refused = refusal(() -> Transfer.of(files(other), names(files(other)), files(pool)));
            assertTrue(refused.contains("another card \"plants\""), refused);
            var unfit = refusal(() -> Transfer.of(files(clip), names(files(clip)), files(pool)));
            assertTrue(unfit.contains("\"clip\" of ef"), unfit);
        }
    }

    @Test
    void oneCardAnswersForTwoByTheKeysOfBoth() {
        var files = files(pool);
        var pairs = CardUnion.candidates(files, -1);
        assertEquals(2, pairs.size());
        var union = pairs.stream()
                .filter(pair -> pair.stays().task().equals("plants"))
                .findFirst()
                .orElseThrow();
        var plants = union.stays();
        var once = plants.rewritten("answers also", "trees", files.tensors(plants)); // as if it had been united before
        pool.commit(new CardUnion(once, union.goes(), 1).propose(files).change(), ADA, Instant.EPOCH, "unites");
        var one = files(pool);
        assertEquals("machines, trees", one.cards().get(0).options().get("answers also"));
        one.verify();
        assertEquals(List.of(new CardName("plants")), names(one));
        var key = new CardFile("plants", one.tensors(one.cards().get(0))).keys().get("pool/key.image");
        assertEquals(2, key.length);
        assertEquals("machines".hashCode() % 100, key[1][0]);
        assertEquals(List.of(), CardUnion.candidates(files, 1.1));
    }

    @Test
    void aCardThatAnswersForTwoDoesNotKnowTheSamplesOfOneAlone() {
        var files = files(pool);
        var plants = files.card(new CardName("plants"));
        var samples = IntStream.range(0, 9)
                .mapToObj(i -> new Sample("s" + i, new Query(Optional.empty(), "" + i), "x"))
                .toList();
        var own = OwnFeatures.of(
                        "cd34",
                        query -> Map.of("text", new float[] {1, Float.parseFloat(query.instruction())}),
                        samples,
                        samples)
                .orElseThrow();
        var tensors = own.in("plants", files.tensors(plants), Packing.NONE);
        pool.commit(files.with(plants.rewritten("own", "yes", tensors), tensors), ADA, Instant.EPOCH, "knows");
        var known = files(pool);
        var machines = known.card(new CardName("machines"));
        var united = new CardUnion(known.card(new CardName("plants")), machines, 1).propose(known);
        pool.commit(united.change(), ADA, Instant.EPOCH, "unites");
        assertTrue(OwnFeatures.of("plants", tensors).isPresent());
        assertEquals(
                Optional.empty(),
                OwnFeatures.of("plants", files(pool).tensors(files(pool).card(new CardName("plants")))));
    }

    @Test
    void compressingTellsSizesAndHowAlikeTheKeysAre() {
        var files = files(pool);
        var proposal = new Compression(files, Packing.BYTE).propose();
        assertEquals(proposal.before().keySet(), proposal.after().keySet());
        proposal.alike().values().forEach(cosine -> assertTrue(cosine > 0.9999 && cosine < 1, "" + cosine));
        var draft = new PoolFiles(pool.draft(proposal.change()));
        draft.verify();
        assertEquals("8", draft.cards().get(0).options().get("bits"));
        assertEquals(files.snapshot().contents(), files(pool).snapshot().contents());
        assertEquals(Map.of(), new Compression(draft, Packing.BYTE).propose().before());
    }

    private static String refusal(Runnable work) {
        return assertThrows(KarutaException.class, work::run).getMessage();
    }
}
