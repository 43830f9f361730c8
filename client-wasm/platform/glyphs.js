// Glyphs from the browser's own fonts: one character at a time on a small 2D canvas. A library for the linker, called by
// glyphs_em.cpp.
mergeInto(LibraryManager.library, {
  $TwGlyphs: {
    family: '',
    context: null,
    font: '',
    digit: 0,

    use: function (semibold, pixels) {
      if (!TwGlyphs.context) {
        var canvas = document.createElement('canvas');
        canvas.width = canvas.height = 96;
        TwGlyphs.context = canvas.getContext('2d', { willReadFrequently: true });
        TwGlyphs.family = TwGlyphs.chooseFamily(TwGlyphs.context);
      }
      var font = (semibold ? '600 ' : '400 ') + pixels + 'px ' + TwGlyphs.family;
      if (font !== TwGlyphs.font) {
        TwGlyphs.context.font = TwGlyphs.font = font;
        TwGlyphs.digit = 0;
      }
      return TwGlyphs.context;
    },

    // The system's own font, then the platforms' Han fonts. Where "system-ui" is only a desktop's last resort (DejaVu),
    // Noto's Latin goes better with its Han.
    chooseFamily: function (context) {
      var named = '-apple-system, "Segoe UI", Roboto, "Noto Sans", "PingFang SC", "Hiragino Sans GB", ' +
          '"Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", sans-serif';
      var width = function (family) {
        context.font = '40px ' + family;
        return context.measureText('Handgloves 0123456789').width;
      };
      return width('system-ui') === width('"DejaVu Sans"') ? named : 'system-ui, ' + named;
    },

    // Figures are as wide as the widest of them, so that numbers stand under each other.
    digitAdvance: function (context) {
      if (!TwGlyphs.digit) {
        for (var i = 0; i < 10; i++) TwGlyphs.digit = Math.max(TwGlyphs.digit, context.measureText(String(i)).width);
      }
      return TwGlyphs.digit;
    },
  },

  tw_glyph_advance__deps: ['$TwGlyphs'],
  tw_glyph_advance: function (code, semibold, pixels) {
    var context = TwGlyphs.use(semibold, pixels);
    if (code >= 48 && code <= 57) return TwGlyphs.digitAdvance(context);
    return context.measureText(String.fromCodePoint(code)).width;
  },

  // Writes [width, height, left, top, colored] to `metrics` and answers with pixels that the caller frees, or 0.
  tw_glyph_draw__deps: ['$TwGlyphs'],
  tw_glyph_draw: function (code, semibold, pixels, metrics) {
    var context = TwGlyphs.use(semibold, pixels), text = String.fromCodePoint(code);
    var box = context.measureText(text), shift = 0, i;
    if (code >= 48 && code <= 57) shift = Math.round((TwGlyphs.digitAdvance(context) - box.width) / 2);
    var left = Math.floor(-box.actualBoundingBoxLeft) - 1, top = Math.floor(-box.actualBoundingBoxAscent) - 1;
    var width = Math.ceil(box.actualBoundingBoxRight) + 1 - left, height = Math.ceil(box.actualBoundingBoxDescent) + 1 - top;
    var out = metrics >> 2;
    for (i = 0; i < 5; i++) HEAP32[out + i] = 0;
    if (width <= 2 || height <= 2 || width > 1024 || height > 1024) return 0;
    if (context.canvas.width < width || context.canvas.height < height) {
      context.canvas.width = Math.max(context.canvas.width, width);
      context.canvas.height = Math.max(context.canvas.height, height);
      TwGlyphs.font = '';
      context = TwGlyphs.use(semibold, pixels);
    }
    context.clearRect(0, 0, width, height);
    context.fillStyle = '#ffffff';
    context.fillText(text, -left, -top);
    var data = context.getImageData(0, 0, width, height).data, count = width * height, colored = 0;
    for (i = 0; i < count; i++) {
      if (data[4 * i + 3] > 32 && (data[4 * i] < 250 || data[4 * i + 1] < 250 || data[4 * i + 2] < 250)) { colored = 1; break; }
    }
    var at = _malloc(colored ? 4 * count : count);
    if (colored) HEAPU8.set(data, at);
    else for (i = 0; i < count; i++) HEAPU8[at + i] = data[4 * i + 3];
    HEAP32[out] = width;
    HEAP32[out + 1] = height;
    HEAP32[out + 2] = left + shift;
    HEAP32[out + 3] = top;
    HEAP32[out + 4] = colored;
    return at;
  },
});
