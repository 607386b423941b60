-- What pandoc cannot know: how the parts of a brief look in typst and in Word.
-- A part is a div with one of these names; the typst template has a function of the same name.

local parts = {
  kicker = "Brief Kicker", lead = "Brief Lead", numbers = "Brief Numbers", map = "Brief Figure", wide = "Brief Figure",
  shipments = "Brief Small", decide = "Brief Box", turn = "", panels = "", limits = "Brief Limits",
  method = "Brief Small", sources = "Brief Small", writer = "Brief Writer",
}

local function typst(text)
  return pandoc.RawBlock("typst", text)
end

local function quoted(text)
  return '"' .. text:gsub("\\", "\\\\"):gsub('"', '\\"') .. '"'
end

local function caption_of(figure)
  return pandoc.utils.blocks_to_inlines(figure.caption.long)
end

local function image_of(figure)
  local found
  figure:walk({ Image = function(image) found = image end })
  return found
end

local function alt_of(image)
  return pandoc.utils.stringify(image.caption)
end

local function typst_figure(figure)
  local image = image_of(figure)
  local told = pandoc.write(pandoc.Pandoc({ pandoc.Plain(caption_of(figure)) }), "typst")
  return "picture(" .. quoted(image.src) .. ", " .. quoted(alt_of(image)) .. ", ["
    .. told:gsub("%s+$", "") .. "])"
end

local function word_figure(figure, width)
  local image = image_of(figure)
  local drawn = pandoc.Image({ pandoc.Str(alt_of(image)) }, image.src, "", { width = width })
  return {
    pandoc.Div({ pandoc.Para({ drawn }) }, { ["custom-style"] = "Brief Figure" }),
    pandoc.Div({ pandoc.Para(caption_of(figure)) }, { ["custom-style"] = "Brief Caption" }),
  }
end

local function figures_in(div)
  return div.content:filter(function(block) return block.t == "Figure" end)
end

local function joined(lists)
  local all = pandoc.List()
  for _, list in ipairs(lists) do all:extend(list) end
  return all
end

-- The big figures of the strip stand out; HTML does that by its style sheet.
local function bold_facts(div)
  return div:walk({ Span = function(span)
    if span.classes:includes("fact") then return pandoc.Strong(span.content) end
  end })
end

local function typst_div(div, name)
  if name == "numbers" then div = bold_facts(div) end
  if name == "turn" then return typst("#turn()\n#set text(size: second)") end
  if name == "panels" then
    local drawn = figures_in(div):map(typst_figure)
    return typst("#panels(" .. table.concat(drawn, ",\n") .. ")")
  end
  if name == "map" or name == "wide" then
    return figures_in(div):map(function(figure) return typst("#" .. typst_figure(figure)) end)
  end
  return joined({ { typst("#" .. name .. "[") }, div.content, { typst("]") } })
end

local function word_div(div, name)
  if name == "turn" then return {} end
  if name == "map" or name == "wide" then
    return joined(figures_in(div):map(function(figure) return word_figure(figure, "15.5cm") end))
  end
  if name == "panels" then
    local found = figures_in(div)
    local left = word_figure(found[1], "7.9cm")
    local right = joined(pandoc.List({ found[2], found[3] }):map(function(figure) return word_figure(figure, "7.9cm") end))
    local sides = { pandoc.AlignLeft, pandoc.AlignLeft }
    local grid = pandoc.SimpleTable({}, sides, { 0.5, 0.5 }, {}, { { left, right } })
    return pandoc.utils.from_simple_table(grid)
  end
  if name == "numbers" then div = bold_facts(div) end
  div = div:walk({ Plain = function(plain) return pandoc.Para(plain.content) end })
  div.attributes["custom-style"] = parts[name]
  return div
end

function Div(div)
  local name = div.classes[1]
  if not parts[name] then return nil end
  if FORMAT:match("typst") then return typst_div(div, name) end
  if FORMAT:match("docx") then return word_div(div, name) end
  return nil
end

-- The writer's own numerals can be told from those of the run; a number stays on one line with its unit.
function Span(span)
  if span.classes:includes("own") then return pandoc.Underline(span.content) end
  local short = #pandoc.utils.stringify(span) <= 20
  if span.classes:includes("fact") and short and FORMAT:match("typst") then
    local left, right = pandoc.RawInline("typst", "#box["), pandoc.RawInline("typst", "]")
    return pandoc.Span(joined({ { left }, span.content, { right } }), span.attr)
  end
end

function Table(grid)
  if not FORMAT:match("typst") then return nil end
  return joined({ { typst("#grid-of-lanes[") }, { grid }, { typst("]") } })
end
