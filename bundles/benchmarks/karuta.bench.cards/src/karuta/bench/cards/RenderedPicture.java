package karuta.bench.cards;

import karuta.api.Image;
import karuta.api.Pixels;
import karuta.api.RandomStream;

/**
 * A picture that is painted whenever it is needed.
 *
 * @param scene what is in it
 * @param draws the chances of its rendering
 */
record RenderedPicture(Scene scene, RandomStream draws) implements Image {

    @Override
    public Pixels pixels() {
        return Renderer.render(scene, draws);
    }
}
