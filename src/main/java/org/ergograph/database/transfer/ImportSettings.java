package org.ergograph.database.transfer;

/**
 * The database that is imported before anything else is done.
 *
 * @param url a JDBC URL of H2; empty for none
 */
public record ImportSettings(String url, String user, String password) {
    /** Without the password. */
    @Override
    public String toString() {
        return "ImportSettings[url=" + url + ", user=" + user + "]";
    }
}
