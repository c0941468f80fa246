noinst_LIBRARIES += src/base/libbase.a
src_base_libbase_a_SOURCES = \
	src/base/arena.c \
	src/base/civil.c \
	src/base/civil_parse.c \
	src/base/conf.c \
	src/base/conf_check.c \
	src/base/conf_get.c \
	src/base/conf_lex.c \
	src/base/conf_scan.c \
	src/base/conf_words.c \
	src/base/crypto.c \
	src/base/csv.c \
	src/base/dir.c \
	src/base/dirs.c \
	src/base/env.c \
	src/base/error.c \
	src/base/file.c \
	src/base/gram.c \
	src/base/i18n.c \
	src/base/late.c \
	src/base/mem.c \
	src/base/newfile.c \
	src/base/pinyin.c \
	src/base/pinyin_read.c \
	src/base/solve.c \
	src/base/str.c \
	src/base/text.c \
	src/base/text_columns.c \
	src/base/text_wrap.c \
	src/base/trace.c \
	src/base/uuid.c
# dirs.c alone looks for the tree it was built in.
src_base_libbase_a_CPPFLAGS = $(AM_CPPFLAGS) -DABS_TOP_SRCDIR='"$(abs_top_srcdir)"' \
	-DABS_TOP_BUILDDIR='"$(abs_top_builddir)"'
noinst_HEADERS += \
	src/base/conf_priv.h \
	src/base/pinyin_priv.h \
	src/base/text_priv.h \
	src/base/text_widths.def
noinst_HEADERS += \
	include/zhiban/base/solve.h \
	include/zhiban/base/arena.h \
	include/zhiban/base/civil.h \
	include/zhiban/base/conf.h \
	include/zhiban/base/csv.h \
	include/zhiban/base/crypto.h \
	include/zhiban/base/dirs.h \
	include/zhiban/base/env.h \
	include/zhiban/base/err.def \
	include/zhiban/base/error.h \
	include/zhiban/base/file.h \
	include/zhiban/base/gram.h \
	include/zhiban/base/i18n.h \
	include/zhiban/base/late.h \
	include/zhiban/base/mem.h \
	include/zhiban/base/newfile.h \
	include/zhiban/base/pinyin.h \
	include/zhiban/base/str.h \
	include/zhiban/base/text.h \
	include/zhiban/base/trace.h \
	include/zhiban/base/uuid.h

# The readings of Chinese characters, of Unihan and the names that it does not know.
EXTRA_DIST += src/base/pinyin_table.awk src/base/pinyin_names.txt
BUILT_SOURCES += src/base/pinyin_table.h
CLEANFILES += src/base/pinyin_table.h
PINYIN_MADE_OF = $(srcdir)/src/base/pinyin_table.awk $(srcdir)/src/base/pinyin_names.txt $(UNIHAN_READINGS)
src/base/pinyin_table.h: $(PINYIN_MADE_OF)
	$(AM_V_GEN)$(MKDIR_P) $(@D) && case $(UNIHAN_READINGS) in \
	*.bz2) $(BZCAT) $(UNIHAN_READINGS) ;; \
	*) cat $(UNIHAN_READINGS) ;; \
	esac | LC_ALL=C $(AWK) -f $(srcdir)/src/base/pinyin_table.awk \
		$(srcdir)/src/base/pinyin_names.txt - >$@.tmp && mv $@.tmp $@ || { rm -f $@.tmp; exit 1; }
src/base/libbase_a-pinyin_read.$(OBJEXT): src/base/pinyin_table.h
