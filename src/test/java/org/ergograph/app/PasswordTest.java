package org.ergograph.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.assertj.core.api.Assertions;
import org.ergograph.database.PasswordPostgres;
import org.ergograph.database.SqlStates;
import org.ergograph.history.TestDatabase;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** PostgreSQL as an operator sets it up: passwords, and a role that owns nothing but its schema. */
class PasswordTest {
    private static String reason(DataSource dataSource) {
        return SqlStates.reason(Assertions.catchThrowable(() -> new Schema(dataSource).migrate()));
    }

    @Test
    void wrongPasswordIsToldAsSuchAndTheRightOneServesAfterwards() {
        PGSimpleDataSource dataSource = (PGSimpleDataSource) TestDatabase.empty("postgresql");
        dataSource.setPassword("wrong");
        assertThat(reason(dataSource)).isEqualTo("the database refuses the user or the password");
        dataSource.setUser("nobody");
        assertThat(reason(dataSource)).isEqualTo("the database refuses the user or the password");
        dataSource.setUser(PasswordPostgres.ROLE);
        dataSource.setPassword(PasswordPostgres.ROLE);
        assertThat(new Schema(dataSource).migrate()).isNotEmpty();
    }

    @Test
    void missingDatabaseAndMissingServerAreToldAsSuch() {
        PGSimpleDataSource dataSource = (PGSimpleDataSource) TestDatabase.empty("postgresql");
        dataSource.setDatabaseName("nothing");
        assertThat(reason(dataSource)).isEqualTo("there is no database of this name");
        dataSource.setPortNumbers(new int[] {1});
        assertThat(reason(dataSource)).isEqualTo("there is no connection to the database");
    }

    @Test
    void roleIsNoSuperuserAndPasswordsAreScram() throws SQLException {
        DataSource dataSource = TestDatabase.of("postgresql");
        try (Connection connection = dataSource.getConnection()) {
            assertThat(connection.getSchema()).isEqualTo(PasswordPostgres.ROLE);
        }
        assertThat(TestDatabase.rows(
                        dataSource,
                        "select rolsuper, rolcreatedb, rolcreaterole, current_setting('password_encryption'),"
                                + " has_schema_privilege('public', 'create'), has_database_privilege(current_database(), 'create')"
                                + " from pg_roles where rolname = current_user"))
                .containsExactly("false false false scram-sha-256 false false");
    }
}
