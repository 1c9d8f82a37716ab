/** What all that keeps something in the database shares: the data source, whether the schema is in place, and leases. */
@NullMarked
package org.ergograph.database;

import org.jspecify.annotations.NullMarked;
