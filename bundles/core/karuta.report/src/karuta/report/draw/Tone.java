package karuta.report.draw;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a mark is painted with, on light and on dark paper. The series are those of Okabe and Ito ("Color Universal Design",
 * 2008) without the yellow, which light paper swallows; the heat is one hue from faint to strong, so that every eye sees the
 * order.
 */
public enum Tone {
    INK(0x1d1f21, 0xe8e8e4),
    MUTED(0x63676d, 0x9ea2a8),
    RULE(0xdededa, 0x34373b),
    PAPER(0xfdfdfb, 0x151618),
    RAISED(0xf3f3f0, 0x1f2124),
    SERIES_1(0x0072b2, 0x56a9e0),
    SERIES_2(0xd55e00, 0xf08548),
    SERIES_3(0x009e73, 0x35c79b),
    SERIES_4(0xb8578f, 0xdb90bd),
    SERIES_5(0xb87d00, 0xe6ad3c),
    SERIES_6(0x3f9bd0, 0x8ccbf2),
    SERIES_7(0x6b5b95, 0xa897d6),
    SERIES_8(0x4d4d4d, 0xc2c2be),
    REST(0xb4b6b8, 0x55595e),
    HEAT_0(0xf4f7fa, 0x191d22),
    HEAT_1(0xe6eef6, 0x1a252e),
    HEAT_2(0xd6e4f0, 0x1b2d3b),
    HEAT_3(0xc3d8ea, 0x1c3547),
    HEAT_4(0xadcae2, 0x1d3d54),
    HEAT_5(0x93b9d8, 0x1e4460),
    HEAT_6(0x77a6cc, 0x1e4c6c),
    HEAT_7(0x5b92bf, 0x1f5479),
    HEAT_8(0x3a76a8, 0x205c85),
    HEAT_9(0x28679e, 0x216492),
    HEAT_10(0x145088, 0x226c9e);

    private static final int SERIES = 8;
    private static final int HEAT = 10;

    private final int light;
    private final int dark;

    Tone(int light, int dark) {
        this.light = light;
        this.dark = dark;
    }

    /** Of the arm with a number, from 0; those behind the eighth share one. */
    static Tone series(int number) {
        return number < SERIES ? values()[SERIES_1.ordinal() + number] : REST;
    }

    /** Of a share from 0 to 1; what is more counts as 1. */
    public static Tone heat(double share) {
        return values()[HEAT_0.ordinal() + (int) Math.round(HEAT * Math.max(0, Math.min(1, share)))];
    }

    /** Whether what is written on it must be light, on light paper; on dark paper it always is. */
    public boolean strong() {
        return ordinal() >= HEAT_8.ordinal();
    }

    /** The name of its class in CSS. */
    public String css() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** As 24 bits of red, green and blue, on light paper. */
    int rgb() {
        return light;
    }

    /** Definitions of all as variables of CSS, such as {@code --ink: #1d1f21;}. */
    public static String variables(boolean onDark) {
        return Arrays.stream(values())
                .map(tone -> "--%s: #%06x;".formatted(tone.css(), onDark ? tone.dark : tone.light))
                .collect(Collectors.joining(" "));
    }

    /** The rules that paint marks with those variables. */
    public static String rules() {
        return Arrays.stream(values())
                .map(tone -> ".f-%1$s { fill: var(--%1$s); } .l-%1$s { stroke: var(--%1$s); fill: none; }"
                        .formatted(tone.css()))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    /** The background of every heat, for cells of tables. */
    public static String heatRules() {
        return steps().stream()
                .map(tone -> "td.%1$s { background: var(--%1$s);%2$s }"
                        .formatted(tone.css(), tone.strong() ? " color: var(--on-heat);" : ""))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static List<Tone> steps() {
        return IntStream.rangeClosed(0, HEAT)
                .mapToObj(i -> values()[HEAT_0.ordinal() + i])
                .toList();
    }
}
