package org.ergograph.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CsvTest {
    private static String row(@Nullable Object... cells) throws IOException {
        StringBuilder row = new StringBuilder();
        Csv.row(row, Arrays.asList(cells));
        return row.toString();
    }

    @Test
    void cellsAreQuotedWhereTheyMustBe() throws IOException {
        assertThat(row("a", "b,c", "d\"e", "f\ng", " h", "", null))
                .isEqualTo("a,\"b,c\",\"d\"\"e\",\"f\ng\",\" h\",,\r\n");
    }

    @Test
    void textThatASpreadsheetWouldRunIsMarkedAsText() throws IOException {
        assertThat(row("=1+1", "+1", "-1", "@a", "\tx", "=a,\"b\""))
                .isEqualTo("'=1+1,'+1,'-1,'@a,'\tx,\"'=a,\"\"b\"\"\"\r\n");
    }

    @Test
    void numbersStayNumbers() throws IOException {
        assertThat(row(-1, 0.25, true)).isEqualTo("-1,0.25,true\r\n");
    }
}
