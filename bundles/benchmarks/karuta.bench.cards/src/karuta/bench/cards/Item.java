package karuta.bench.cards;

/**
 * A thing in a cell.
 *
 * @param cell 0 to 8, row by row from the top left
 * @param thing what
 * @param color in which colour
 */
public record Item(int cell, ObjectType thing, Color color) {

    /** Cells in a row and in a column. */
    public static final int GRID = 3;

    /** 0 (top) to 2. */
    public int row() {
        return cell / GRID;
    }

    /** 0 (left) to 2. */
    public int column() {
        return cell % GRID;
    }
}
