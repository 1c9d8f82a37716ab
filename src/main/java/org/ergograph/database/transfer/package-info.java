/** Brings what another database holds into this one, once, at the start. */
@NullMarked
package org.ergograph.database.transfer;

import org.jspecify.annotations.NullMarked;
