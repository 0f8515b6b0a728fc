package karuta.lmm.config;

/**
 * What turns visual tokens into tokens of the language model: linear layers with exact GELU between them.
 *
 * @param layers number of linear layers
 * @param bias whether they have a bias
 */
public record Projector(int layers, boolean bias) {}
