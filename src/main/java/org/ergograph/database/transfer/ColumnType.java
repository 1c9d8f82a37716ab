package org.ergograph.database.transfer;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** How values of a column are read from one database and written into the other. */
enum ColumnType {
    WHOLE(Types.BIGINT),
    TEXT(Types.VARCHAR),
    MOMENT(Types.TIMESTAMP_WITH_TIMEZONE),
    FLOATING(Types.DOUBLE),
    FLAG(Types.BOOLEAN),
    BYTES(Types.VARBINARY);

    private final int sqlType;

    ColumnType(int sqlType) {
        this.sqlType = sqlType;
    }

    /** @throws ImportRefused if there is none for this type of {@link Types} */
    static ColumnType of(int sqlType, String column) {
        return switch (sqlType) {
            case Types.BIGINT, Types.INTEGER, Types.SMALLINT, Types.TINYINT -> WHOLE;
            case Types.VARCHAR, Types.CHAR, Types.LONGVARCHAR, Types.CLOB -> TEXT;
            case Types.TIMESTAMP_WITH_TIMEZONE -> MOMENT;
            case Types.DOUBLE, Types.REAL, Types.FLOAT -> FLOATING;
            case Types.BOOLEAN, Types.BIT -> FLAG;
            case Types.VARBINARY, Types.BINARY, Types.LONGVARBINARY, Types.BLOB -> BYTES;
            default -> throw new ImportRefused("column " + column + " has a type that is not known: " + sqlType);
        };
    }

    @Nullable
    Object read(ResultSet rows, int index) throws SQLException {
        Object value = switch (this) {
            case WHOLE -> rows.getLong(index);
            case TEXT -> rows.getString(index);
            case MOMENT -> rows.getObject(index, OffsetDateTime.class);
            case FLOATING -> rows.getDouble(index);
            case FLAG -> rows.getBoolean(index);
            case BYTES -> rows.getBytes(index);
        };
        return rows.wasNull() ? null : value;
    }

    void write(PreparedStatement statement, int index, @Nullable Object value) throws SQLException {
        if (value == null) {
            statement.setNull(index, sqlType);
            return;
        }
        switch (this) {
            case WHOLE -> statement.setLong(index, (Long) value);
            case TEXT -> statement.setString(index, (String) value);
            case MOMENT -> statement.setObject(index, value);
            case FLOATING -> statement.setDouble(index, (Double) value);
            case FLAG -> statement.setBoolean(index, (Boolean) value);
            case BYTES -> statement.setBytes(index, (byte[]) value);
        }
    }
}
