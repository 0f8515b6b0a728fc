package karuta.doctor;

import java.nio.file.Path;
import java.util.BitSet;
import java.util.Optional;
import karuta.api.KarutaException;
import karuta.samples.Elements;
import karuta.samples.JsonFile;
import karuta.suite.Side;
import karuta.suite.Side.Entries;

/**
 * Tells versions of a caption file in COCO's form apart, which is paired with the samples by number: UCIT's file for VizWiz
 * had 2,999 ids for 3,000 images until its authors mended it on 2025-10-28 (issue 7 of HiDe-LLaVA, 6 of MCITlib).
 */
final class CaptionIds {

    private static final int MOST = 1 << 24;

    private final BitSet images = new BitSet();
    private final BitSet captioned = new BitSet();

    private CaptionIds() {}

    /** A sentence on the ids of a file; nothing if they are no numbers, or the file cannot be read. */
    static Optional<String> version(Path file, Side side) {
        if (!(side.entries() instanceof Entries.Listed listed)
                || listed.member().isEmpty()) {
            return Optional.empty();
        }
        try {
            var pictures = side.pictures().orElseThrow();
            var ids = new CaptionIds();
            ids.read(file, pictures.member(), pictures.id(), ids.images);
            ids.read(file, listed.member().get(), listed.id(), ids.captioned);
            return Optional.of(ids.words());
        } catch (KarutaException | NumberFormatException other) { // told where samples are joined
            return Optional.empty();
        }
    }

    private void read(Path file, String member, String path, BitSet ids) {
        new Elements(file).eachOf(member, (element, where) -> {
            if (element.isJsonObject()) {
                for (var id : JsonFile.texts(element.getAsJsonObject(), path)) {
                    var number = Integer.parseInt(id);
                    ids.set(number < 0 || number > MOST ? 0 : number);
                }
            }
            return true;
        });
    }

    private String words() {
        var count = images.cardinality();
        if (images.nextClearBit(1) != count + 1 || images.get(0)) {
            return "ids of images are not 1 to " + count + ": the captions cannot be paired by number";
        }
        if (captioned.equals(images)) {
            return "ids 1 to " + count + ", all with captions";
        }
        var without = (BitSet) images.clone();
        without.andNot(captioned);
        return "captions for " + captioned.cardinality() + " ids, but " + count + " images (first without: "
                + without.nextSetBit(0) + "), as in UCIT's VizWiz file before 2025-10-28";
    }
}
