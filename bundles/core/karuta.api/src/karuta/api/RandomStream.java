package karuta.api;

/**
 * Random numbers as pure functions of where they are drawn: no state, so a new consumer changes nobody else's draws and a
 * resumed run draws the same bits.
 *
 * <p>A value of this class is a place: a study seed, a stream name, and counters such as task, epoch, step and sample. The
 * generator is SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, OOPSLA 2014) read by
 * counter.
 *
 * @param key the place
 */
public record RandomStream(long key) {

    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    /** The place of a named stream of a seed. */
    public static RandomStream of(long seed, String stream) {
        return new RandomStream(mix(seed + GOLDEN)).fork(stream);
    }

    /** A place below this one. */
    public RandomStream fork(long counter) {
        return new RandomStream(mix(key ^ mix(counter + GOLDEN)));
    }

    /** A place below this one, by name. */
    public RandomStream fork(String name) {
        var hash = 0xCBF29CE484222325L; // FNV-1a, so that it is the same on every platform and release
        for (var i = 0; i < name.length(); i++) {
            hash = (hash ^ name.charAt(i)) * 0x100000001B3L;
        }
        return fork(hash);
    }

    /** The {@code i}-th 64 random bits of this place. */
    public long bits(long i) {
        return mix(key + (i + 1) * GOLDEN);
    }

    /** The {@code i}-th number of this place, uniform in [0, 1). */
    public double uniform(long i) {
        return (bits(i) >>> 11) * 0x1p-53;
    }

    /** The {@code i}-th whole number of this place, uniform in [0, bound). */
    public int below(int bound, long i) {
        if (bound <= 0) {
            throw new IllegalArgumentException("the bound of a draw must be positive, not " + bound);
        }
        return (int) ((bits(i) >>> 32) * bound >>> 32);
    }

    /** The {@code i}-th number of this place, normal with mean 0 and variance 1 (Box and Muller). */
    public double normal(long i) {
        var radius = Math.sqrt(-2 * Math.log(1 - uniform(2 * i)));
        return radius * Math.cos(2 * Math.PI * uniform(2 * i + 1));
    }

    /** {@code n} normal numbers of this place. */
    public float[] normals(int n) {
        var numbers = new float[n];
        for (var i = 0; i < n; i++) {
            numbers[i] = (float) normal(i);
        }
        return numbers;
    }

    /** A random order of 0 .. n-1 (Fisher and Yates). */
    public int[] permutation(int n) {
        var order = new int[n];
        for (var i = 0; i < n; i++) {
            var j = below(i + 1, i);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }

    private static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
