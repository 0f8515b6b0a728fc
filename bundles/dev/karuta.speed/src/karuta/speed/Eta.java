package karuta.speed;

/** How long the rest will take, if it goes on like this. */
final class Eta {

    private final int all;
    private final long began = System.nanoTime();
    private int done;

    /** @param all how many pieces there are */
    Eta(int all) {
        this.all = all;
    }

    /** A piece is done. */
    void tick() {
        done++;
    }

    /** Such as {@code ", about 95 s left"}; nothing before the first piece is done. */
    String left() {
        if (done == 0) {
            return "";
        }
        var seconds = (System.nanoTime() - began) / 1e9 / done * (all - done);
        return ", about " + Math.round(seconds) + " s left";
    }
}
