package karuta.bench.cards;

import karuta.api.Draws;
import karuta.api.Picture;
import karuta.api.Pixels;

/**
 * A picture that is painted whenever it is needed.
 *
 * @param scene what is in it
 * @param draws the chances of its rendering
 */
record RenderedPicture(Scene scene, Draws draws) implements Picture {

    @Override
    public Pixels pixels() {
        return Renderer.render(scene, draws);
    }
}
