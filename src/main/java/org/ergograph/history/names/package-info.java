/** The numbers under which the rows of the record name nodes, series and texts. */
@NullMarked
package org.ergograph.history.names;

import org.jspecify.annotations.NullMarked;
