package org.ergograph.alert;

/** What it means that there is no data for a rule. */
public enum OnNoData {
    /** The alert stays what it is, and says that there is no data. */
    KEEP,
    /** The same as the condition being met: absence is what is alarming. */
    FIRE,
    /** The same as the condition having gone. */
    RESOLVE
}
